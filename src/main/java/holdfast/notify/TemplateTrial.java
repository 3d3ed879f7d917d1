package holdfast.notify;

import holdfast.notify.Letter.Fact;
import holdfast.notify.Letter.Tone;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether an operator's template may be used: it reaches for nothing but the letter, it can be
 * filled in whatever the letter says, and values stay values in it.
 */
final class TemplateTrial {

  private static final int CHARACTERS_MAX = 64 * 1024;

  /** Ways by which a template would reach classes, beans, the request or other files. */
  private static final Pattern REACHING =
      Pattern.compile(
          "T\\s*\\(|\\bnew\\s|[$*]\\{[^}]*@|__|#(ctx|vars|root|execInfo|themes|request|session|servlet)"
              + "|getClass|\\.class\\b|th:(insert|replace|include)|<script|javascript:",
          Pattern.CASE_INSENSITIVE);

  private static final String MARK = "mark-7c1f";
  private static final String HOSTILE = MARK + "<script>\"'&${7*7}[[${7*7}]]";

  private TemplateTrial() {}

  /** Why the template cannot be used, in one sentence; empty when it can. */
  static Optional<String> trouble(Templates.Name name, String text, Templates templates) {
    Matcher reaching = REACHING.matcher(text);
    if (text.length() > CHARACTERS_MAX) {
      return Optional.of("It is longer than %d characters.".formatted(CHARACTERS_MAX));
    }
    if (reaching.find()) {
      return Optional.of(
          "It says '%s', and a template may only show what is in the letter."
              .formatted(reaching.group().strip()));
    }
    return filled(name, text, templates);
  }

  private static Optional<String> filled(Templates.Name name, String text, Templates templates) {
    try {
      String full = templates.render(name, text, letter(HOSTILE));
      templates.render(name, text, letter(""));
      if (!full.contains(MARK)) {
        return Optional.of("It shows nothing of the letter: neither subject nor sentence.");
      }
      if (name.isPage() && full.contains("<script")) {
        return Optional.of("It shows a value unescaped: write th:text instead of th:utext.");
      }
      return Optional.empty();
    } catch (RuntimeException broken) {
      return Optional.of(
          "It cannot be filled in: "
              + Encoding.line(innermost(broken), 200).replaceFirst("[.]?$", "."));
    }
  }

  private static String innermost(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  private static Letter letter(String value) {
    List<Fact> facts = List.of(new Fact("System", value), new Fact("Since", value));
    return new Letter(Tone.BAD, value, value, value, value, value, facts, value, "");
  }
}
