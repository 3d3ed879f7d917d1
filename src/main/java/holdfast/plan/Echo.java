package holdfast.plan;

/**
 * Repeats an operator's own words on a screen: short, printable, and without a password in them.
 */
final class Echo {

  private static final int LONGEST = 60;

  private Echo() {}

  static String of(String text) {
    String safe = text.replaceAll("\\p{Cntrl}", "?").replaceAll("//[^/]*@", "//***@");
    return safe.length() > LONGEST ? safe.substring(0, LONGEST) + "…" : safe;
  }
}
