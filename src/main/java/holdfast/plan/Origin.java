package holdfast.plan;

import java.nio.file.Path;

/** Where in an operator's file something was declared; {@code line} counts from 1. */
public record Origin(Path file, int line) {

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
