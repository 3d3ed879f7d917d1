package holdfast;

import holdfast.cli.Main;
import holdfast.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What came of a command that somebody typed; {@code ~} stands for the home folder. */
record Typed(int exit, List<String> lines, String complaints) {

  /** Runs the command in this JVM, as if {@code HOLDFAST_HOME} were {@code home}. */
  static Typed in(Path home, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setProperty("holdfast.home", home.toString());
    try {
      int exit = Main.execute(words, new Terminal(stream(out), stream(err), false));
      return new Typed(exit, text(out, home).lines().toList(), text(err, home));
    } finally {
      System.clearProperty("holdfast.home");
    }
  }

  private static String text(ByteArrayOutputStream bytes, Path home) {
    return bytes.toString(StandardCharsets.UTF_8).replace(home.toString(), "~");
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
