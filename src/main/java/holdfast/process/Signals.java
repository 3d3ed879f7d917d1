package holdfast.process;

import java.util.Map;

/** Names the signals that end programs. */
final class Signals {

  private static final int FIRST = 128;
  private static final int LAST = 64;
  private static final Map<Integer, String> NAMES =
      Map.of(
          1, "HUP", 2, "INT", 3, "QUIT", 6, "ABRT", 9, "KILL", 11, "SEGV", 13, "PIPE", 15, "TERM");

  private Signals() {}

  static boolean is(int code) {
    return code > FIRST && code <= FIRST + LAST;
  }

  static String words(int code) {
    int signal = code - FIRST;
    String name = NAMES.get(signal);
    return name == null ? "exit code " + code : "killed by signal %d (%s)".formatted(signal, name);
  }
}
