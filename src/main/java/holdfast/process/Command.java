package holdfast.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program to run. Nothing is inherited from our own environment but what {@code environment}
 * names, and no shell is involved.
 *
 * @param program absolute
 * @param environment the whole environment of the child; secrets belong here or in a 0600 file,
 *     never in {@code arguments}
 * @param user run as this user (only where we are root); null = as ourselves
 * @param folder handed to the program as {@link #seen()}, even where its user could not walk there;
 *     null = none
 * @param deadline the child's process tree is killed after it
 */
public record Command(
    Path program,
    List<String> arguments,
    Map<String, String> environment,
    @Nullable String user,
    @Nullable Path folder,
    Duration deadline) {

  public Command {
    if (!program.isAbsolute()) {
      throw new IllegalArgumentException("not an absolute program: " + program);
    }
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** A program that is handed no folder. */
  public Command(
      Path program,
      List<String> arguments,
      Map<String, String> environment,
      @Nullable String user,
      Duration deadline) {
    this(program, arguments, environment, user, null, deadline);
  }

  /** The path under which a program run as {@code user} reaches {@code folder}. */
  public static String seen(Path folder, @Nullable String user) {
    return Launcher.handsOver(user) ? Launcher.HANDED : folder.toString();
  }
}
