package holdfast.alarm;

/** Makes a stranger's text safe to keep and to show: bounded, and free of control characters. */
final class Clean {

  /** For names, titles and addresses. */
  static final int LINE = 300;

  /** For what a source says at length. */
  static final int TEXT = 4000;

  private Clean() {}

  /** On one line, at most {@link #LINE} characters. */
  static String line(String text) {
    return bounded(text, LINE, false);
  }

  /** With its line breaks, at most {@link #TEXT} characters. */
  static String text(String text) {
    return bounded(text, TEXT, true);
  }

  /** An address of a page, whole or not at all. */
  static String address(String text) {
    return bounded(text, 2000, false).replace(' ', '+');
  }

  private static String bounded(String text, int limit, boolean breaks) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), limit) + 1);
    int at = 0;
    while (at < text.length() && clean.length() < limit) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      append(clean, point, breaks);
    }
    String kept = clean.toString().strip();
    return at < text.length() ? kept + "…" : kept;
  }

  private static void append(StringBuilder clean, int point, boolean breaks) {
    if (point == '\n' && breaks) {
      clean.append('\n');
    } else if (point == '\n' || point == '\t' || point == '\r') {
      clean.append(' ');
    } else if (isHarmless(point)) {
      clean.appendCodePoint(point);
    } else {
      clean.append("\\u%04x".formatted(point));
    }
  }

  /** Control characters can end a line or a terminal's colour; the marks of direction can lie. */
  private static boolean isHarmless(int point) {
    int type = Character.getType(point);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
