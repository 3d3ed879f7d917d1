package holdfast.notify;

import java.util.List;

/**
 * What a reader is told, before any channel's encoding.
 *
 * @param subject one line: which asset, what, and the number that matters
 * @param verdict one or two words, such as GOOD or PROOF FAILED
 * @param figure the one number to look at first, with its unit, such as {@code 41 s}
 * @param figureLabel what the figure measures
 * @param sentence what happened, in one sentence
 * @param facts when, how long, how big, and the rest, in reading order
 * @param next what to do now
 * @param link where to say that one is on it; empty for none
 */
record Letter(
    Tone tone,
    String subject,
    String verdict,
    String figure,
    String figureLabel,
    String sentence,
    List<Fact> facts,
    String next,
    String link) {

  /** The same with another sentence, of as many lines as it has. */
  Letter saying(String words) {
    return new Letter(tone, subject, verdict, figure, figureLabel, words, facts, next, link);
  }

  /** One line of the table. */
  record Fact(String label, String value) {}

  /** How it looks: GOOD asks for nothing, WARNING for a look, BAD for action. */
  enum Tone {
    GOOD("#1a7f4b"),
    WARNING("#9a6700"),
    BAD("#b42318");

    private final String colour;

    Tone(String colour) {
      this.colour = colour;
    }

    /** As mail clients understand it. */
    public String getColour() {
      return colour;
    }
  }
}
