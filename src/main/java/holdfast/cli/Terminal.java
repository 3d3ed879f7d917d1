package holdfast.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command prints: answers to {@code out}, everything else to {@code err}.
 *
 * @param lively whether {@code err} is a screen on which a line may be rewritten
 */
public record Terminal(PrintStream out, PrintStream err, boolean lively) {

  static Terminal standard() {
    return new Terminal(utf8(System.out), utf8(System.err), System.console() != null);
  }

  private static PrintStream utf8(PrintStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  /** One line of an answer. */
  void say(String line) {
    out.println(clean(line));
  }

  /** One sentence that says what is wrong. */
  void complain(String sentence) {
    clearLine();
    err.println(clean(sentence));
  }

  /** Rewrites the last line of the screen; does nothing where there is no screen. */
  void show(String line) {
    if (lively) {
      err.print("\r\u001b[2K" + clean(line));
      err.flush();
    }
  }

  void clearLine() {
    if (lively) {
      err.print("\r\u001b[2K");
      err.flush();
    }
  }

  /** What comes from databases and servers must not steer the terminal. */
  private static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "?");
  }
}
