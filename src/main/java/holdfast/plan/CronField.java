package holdfast.plan;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One of the five fields of a cron; knows its range and its names. */
enum CronField {
  MINUTE("minute", 0, 59),
  HOUR("hour", 0, 23),
  DAY_OF_MONTH("day of month", 1, 31),
  MONTH(
      "month", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV",
      "DEC"),
  DAY_OF_WEEK("day of week", 0, 7, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  private static final Pattern PART =
      Pattern.compile("(\\*|([0-9]{1,4}|[A-Z]{3})(?:-([0-9]{1,4}|[A-Z]{3}))?)(?:/([0-9]{1,4}))?");
  private static final Pattern LAST_OR_NEAREST =
      Pattern.compile("L|LW|L-([1-9]|[12][0-9]|30)|([1-9]|[12][0-9]|3[01])W");
  private static final Pattern NTH_OR_LAST = Pattern.compile("([0-7]|[A-Z]{3})(#([1-5])|L)");

  private final String words;
  private final int min;
  private final int max;
  private final List<String> names;

  CronField(String words, int min, int max, String... names) {
    this.words = words;
    this.min = min;
    this.max = max;
    this.names = List.of(names);
  }

  /** The field as numbers that every reader takes alike; {@code *} when it mended by refusal. */
  String normal(String text, List<Cron.Refusal> refusals) {
    String field = text.toUpperCase(Locale.ROOT);
    if (field.equals("*") || (field.equals("?") && isDay())) {
      return "*";
    }
    if (this == DAY_OF_MONTH && LAST_OR_NEAREST.matcher(field).matches()) {
      return field;
    }
    if (this == DAY_OF_WEEK && NTH_OR_LAST.matcher(field).matches()) {
      return nthOrLast(field, refusals);
    }
    BitSet set = new BitSet();
    for (String part : field.split(",", -1)) {
      part(part, set, refusals);
    }
    return set.isEmpty() ? "*" : list(set);
  }

  private boolean isDay() {
    return this == DAY_OF_MONTH || this == DAY_OF_WEEK;
  }

  private String nthOrLast(String field, List<Cron.Refusal> refusals) {
    String rest = field.substring(field.endsWith("L") ? field.length() - 1 : field.indexOf('#'));
    int day = number(field.substring(0, field.length() - rest.length()), refusals);
    return (day < 0 ? "0" : names.get(day % 7)) + rest;
  }

  private void part(String part, BitSet set, List<Cron.Refusal> refusals) {
    Matcher matcher = PART.matcher(part);
    if (!matcher.matches()) {
      refuse(refusals, "cannot be '%s'.".formatted(part), range());
      return;
    }
    boolean all = matcher.group(1).equals("*");
    int from = all ? min : number(matcher.group(2), refusals);
    int to = to(matcher, all, from, refusals);
    int step = matcher.group(4) == null ? 1 : Integer.parseInt(matcher.group(4));
    if (from < 0 || to < 0 || !isSane(part, matcher, from, to, step, refusals)) {
      return;
    }
    for (int value = from; value <= to; value += step) {
      set.set(this == DAY_OF_WEEK ? value % 7 : value);
    }
  }

  private int to(Matcher matcher, boolean all, int from, List<Cron.Refusal> refusals) {
    if (all) {
      return this == DAY_OF_WEEK ? 6 : max;
    }
    if (matcher.group(3) == null) {
      return from;
    }
    int to = number(matcher.group(3), refusals);
    return this == DAY_OF_WEEK && to == 0 && from > 0 ? 7 : to;
  }

  private boolean isSane(
      String part, Matcher matcher, int from, int to, int step, List<Cron.Refusal> refusals) {
    if (from > to) {
      refuse(
          refusals,
          "range '%s' runs backwards.".formatted(part),
          "Write it as two ranges with a comma between them.");
      return false;
    }
    if (matcher.group(4) != null && matcher.group(2) != null && matcher.group(3) == null) {
      refuse(
          refusals,
          "'%s' has a step but no range.".formatted(part),
          "Write %s-%d/%s.".formatted(matcher.group(2), max, matcher.group(4)));
      return false;
    }
    if (step == 0 || step > max) {
      refuse(
          refusals,
          "'%s' steps out of its range.".formatted(part),
          "Use a step from 1 to %d.".formatted(max));
      return false;
    }
    return true;
  }

  private int number(String text, List<Cron.Refusal> refusals) {
    int named = names.indexOf(text);
    if (named >= 0) {
      return named + (this == MONTH ? 1 : 0);
    }
    int value = Character.isDigit(text.charAt(0)) ? Integer.parseInt(text) : -1;
    if (value < min || value > max) {
      refuse(refusals, "cannot be '%s'.".formatted(text), range());
      return -1;
    }
    return value;
  }

  private String list(BitSet set) {
    return set.stream()
        .mapToObj(value -> this == DAY_OF_WEEK ? names.get(value) : Integer.toString(value))
        .collect(Collectors.joining(","));
  }

  private String range() {
    return names.isEmpty()
        ? "Use %d to %d.".formatted(min, max)
        : "Use %d to %d, or %s to %s."
            .formatted(min, max, names.get(0), names.get(names.size() - 1));
  }

  private void refuse(List<Cron.Refusal> refusals, String what, String fix) {
    refusals.add(new Cron.Refusal("The cron's %s %s".formatted(words, what), fix));
  }
}
