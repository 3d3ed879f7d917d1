package holdfast.plan;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * When a cron fires, by counting minutes: knows nothing of transitions, only the offset at an
 * instant, and reads cron fields with a parser of its own.
 */
final class DueOracle {

  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
  private static final List<String> MONTHS =
      List.of(
          "", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final int MARGIN_MINUTES = 3 * 24 * 60;

  private final LocalDate start;
  private final int days;

  /** For each local minute since the start: the first UTC minute whose clock shows it or later. */
  private final long[] instants;

  DueOracle(String zone, int firstYear, int years) {
    this.start = LocalDate.of(firstYear, 1, 1);
    this.days = (int) (LocalDate.of(firstYear + years, 1, 1).toEpochDay() - start.toEpochDay());
    this.instants = new long[days * 1440];
    Arrays.fill(instants, Long.MAX_VALUE);
    long origin = start.toEpochDay() * 1440;
    ZoneRules rules = ZoneId.of(zone).getRules();
    for (long u = origin - MARGIN_MINUTES; u < origin + instants.length + MARGIN_MINUTES; u += 60) {
      boolean steady = offset(rules, u) == offset(rules, u + 60);
      long offset = offset(rules, u);
      for (long minute = u; minute < u + 60; minute++) {
        see(minute, minute - origin + (steady ? offset : offset(rules, minute)));
      }
    }
    for (int i = instants.length - 2; i >= 0; i--) {
      if (instants[i] == Long.MAX_VALUE) {
        instants[i] = instants[i + 1];
      }
    }
  }

  private void see(long utc, long local) {
    if (local >= 0 && local < instants.length && instants[(int) local] == Long.MAX_VALUE) {
      instants[(int) local] = utc;
    }
  }

  private static long offset(ZoneRules rules, long utc) {
    return rules.getOffset(Instant.ofEpochSecond(utc * 60)).getTotalSeconds() / 60;
  }

  /** Every fire within the years asked for. */
  List<Instant> fires(String cron) {
    String[] fields = cron.split(" ");
    List<Instant> fires = new ArrayList<>();
    List<Integer> minutes = minutesOfDay(fields);
    for (int day = 0; day < days; day++) {
      if (isDay(start.plusDays(day), fields)) {
        addDay(day, minutes, fires);
      }
    }
    return fires.stream().distinct().toList();
  }

  private void addDay(int day, List<Integer> minutes, List<Instant> fires) {
    for (int minute : minutes) {
      fires.add(Instant.ofEpochSecond(instants[day * 1440 + minute] * 60));
    }
  }

  private static List<Integer> minutesOfDay(String[] fields) {
    return IntStream.range(0, 1440)
        .filter(
            minute ->
                matches(fields[1], minute / 60, 0, 23, List.of())
                    && matches(fields[0], minute % 60, 0, 59, List.of()))
        .boxed()
        .toList();
  }

  private static boolean isDay(LocalDate date, String[] fields) {
    return matches(fields[3], date.getMonthValue(), 1, 12, MONTHS)
        && isDayOfMonth(fields[2], date)
        && isDayOfWeek(fields[4].toUpperCase(Locale.ROOT), date);
  }

  private static boolean isDayOfMonth(String field, LocalDate date) {
    return field.equals("L")
        ? date.getDayOfMonth() == date.lengthOfMonth()
        : matches(field, date.getDayOfMonth(), 1, 31, List.of());
  }

  private static boolean isDayOfWeek(String field, LocalDate date) {
    int day = date.getDayOfWeek() == DayOfWeek.SUNDAY ? 0 : date.getDayOfWeek().getValue();
    int hash = field.indexOf('#');
    if (hash > 0) {
      return matches(field.substring(0, hash), day, 0, 6, DAYS)
          && (date.getDayOfMonth() - 1) / 7 + 1 == Integer.parseInt(field.substring(hash + 1));
    }
    return matches(field, day, 0, 6, DAYS) || (day == 0 && matches(field, 7, 0, 6, DAYS));
  }

  private static boolean matches(String field, int value, int min, int max, List<String> names) {
    for (String part : field.split(",")) {
      String[] stepped = part.split("/");
      String[] range =
          stepped[0].equals("*") ? new String[] {"" + min, "" + max} : stepped[0].split("-");
      int from = number(range[0], names);
      int to = number(range[range.length - 1], names);
      to = names == DAYS && to < from ? to + 7 : to;
      int step = stepped.length == 2 ? Integer.parseInt(stepped[1]) : 1;
      if (value >= from && value <= to && (value - from) % step == 0) {
        return true;
      }
    }
    return false;
  }

  private static int number(String text, List<String> names) {
    int named = names.indexOf(text);
    return named >= 0 ? named : Integer.parseInt(text);
  }

  /** From here on, {@link #fires} is complete. */
  Instant begin() {
    return start.plusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /** Late enough for ten years, and early enough that rare crons still fire afterwards. */
  Instant end() {
    return start.plusDays(days - 400L).atStartOfDay().toInstant(ZoneOffset.UTC);
  }
}
