package holdfast.notify;

import java.text.Normalizer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes text safe for where it goes. Values come from plans, databases and programs: from anyone.
 */
final class Encoding {

  static final int SUBJECT_MAX = 150;
  static final int TOPIC_SUBJECT_MAX = 100;
  static final int LABEL_MAX = 30;
  static final int VALUE_MAX = 600;
  static final int SHORT_MAX = 140;
  static final int SLACK_MAX = 3500;

  private Encoding() {}

  /**
   * One line without characters that steer a terminal or turn the reading around, at most {@code
   * max} characters.
   */
  static String line(String text, int max) {
    String line =
        text.replaceAll(
                "[\\p{Cntrl}\\u0080-\\u009f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]+", " ")
            .strip();
    return capped(line, max);
  }

  /** As {@link #line}, of every line; the breaks between them stay. */
  static String prose(String text, int max) {
    return capped(
        text.lines().map(line -> line(line, Integer.MAX_VALUE)).collect(Collectors.joining("\n")),
        max);
  }

  /**
   * Cut with an ellipsis where longer than {@code max}, never between two halves of a character.
   */
  static String capped(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = max - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /** Printable ASCII on one line: accents are dropped, anything else becomes a question mark. */
  static String ascii(String text, int max) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
    String printable = line(plain, Integer.MAX_VALUE).replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() <= max ? printable : printable.substring(0, max - 3) + "...";
  }

  /**
   * As {@link #ascii}, of characters that a text message holds one per place, so that {@code max}
   * up to 160 fit into one part.
   */
  static String gsm(String text, int max) {
    return ascii(text, max)
        .replaceAll("[\\[{]", "(")
        .replaceAll("[\\]}]", ")")
        .replaceAll("[\\\\|]", "/")
        .replaceAll("[`^~]", "'");
  }

  /** Slack's three control characters escaped, so that no text can mention or link. */
  static String slack(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** The marks of Adaptive Cards escaped, so that no text can link, stress or list. */
  static String markdown(String text) {
    return text.replaceAll("[\\\\`*_\\[\\]~<>#]", "\\\\$0");
  }

  /**
   * As {@link #slack(String)}, at most {@code max} characters as they are sent: escaping makes five
   * out of one. Cut with an ellipsis, never within what stands for one character.
   */
  static String slack(String text, int max) {
    String escaped = slack(text);
    if (escaped.length() <= max) {
      return escaped;
    }
    String cut = escaped.substring(0, max - 1).replaceFirst("&[a-z]{0,3}$", "");
    int end = cut.length();
    return cut.substring(0, Character.isHighSurrogate(cut.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /** Every value on one line, capped, and escaped for Slack. */
  static Letter slack(Letter letter) {
    return new Letter(
        letter.tone(),
        slack(letter.subject()),
        slack(letter.verdict()),
        slack(letter.figure()),
        slack(letter.figureLabel()),
        slack(letter.sentence()),
        letter.facts().stream()
            .map(fact -> new Letter.Fact(slack(fact.label()), slack(fact.value())))
            .toList(),
        slack(letter.next()),
        letter.link());
  }

  /** Every value on one line and capped; what all channels begin with. */
  static Letter lines(Letter letter) {
    List<Letter.Fact> facts =
        letter.facts().stream()
            .map(
                fact ->
                    new Letter.Fact(line(fact.label(), LABEL_MAX), line(fact.value(), VALUE_MAX)))
            .toList();
    return new Letter(
        letter.tone(),
        line(letter.subject(), SUBJECT_MAX),
        letter.verdict(),
        line(letter.figure(), VALUE_MAX),
        letter.figureLabel(),
        line(letter.sentence(), VALUE_MAX),
        facts,
        line(letter.next(), VALUE_MAX),
        letter.link());
  }
}
