package holdfast.plan;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What {@code check} reports: where, what is wrong, and how to mend it, each as one sentence.
 *
 * @param file the operator's file, relative to the home folder; absent where no file is at fault
 * @param line counts from 1; 0 where no single line is at fault
 */
public record Finding(
    Level level,
    @JsonSerialize(using = ToStringSerializer.class) @Nullable Path file,
    int line,
    String what,
    String fix) {

  /** An ERROR refuses to run what it concerns; a WARNING does not. */
  public enum Level {
    ERROR,
    WARNING
  }

  /** An error at {@code origin}. */
  public static Finding error(Origin origin, String what, String fix) {
    return new Finding(Level.ERROR, origin.file(), origin.line(), what, fix);
  }

  /** A warning at {@code origin}. */
  public static Finding warning(Origin origin, String what, String fix) {
    return new Finding(Level.WARNING, origin.file(), origin.line(), what, fix);
  }

  /** One line for a terminal: {@code file:line: what. fix}. */
  @Override
  public String toString() {
    String where = file == null ? "" : line > 0 ? file + ":" + line + ": " : file + ": ";
    return where + (level == Level.WARNING ? "warning: " : "") + what + " " + fix;
  }
}
