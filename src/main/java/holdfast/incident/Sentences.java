package holdfast.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is said of an incident, in plain words. Pure. */
public final class Sentences {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** A message that is this late says so. */
  private static final Duration LATE = Duration.ofMinutes(1);

  private Sentences() {}

  /** To the minute, in UTC. */
  public static String time(Instant moment) {
    return TIME.format(moment);
  }

  /** Such as {@code 90 s}, {@code 15 min} or {@code 26 h}. */
  public static String span(Duration span) {
    if (span.compareTo(Duration.ofMinutes(2)) < 0) {
      return Math.max(0, span.toSeconds()) + " s";
    }
    return span.compareTo(Duration.ofHours(2)) < 0
        ? span.toMinutes() + " min"
        : span.toHours() + " h";
  }

  /** That levels are called; several only where they could not be called one by one. */
  static String called(Incident incident, List<Matrix.Step> due, Instant now) {
    String levels =
        due.stream().map(step -> "level " + step.level()).collect(Collectors.joining(", "));
    String why =
        incident.level() > 0
            ? "Nobody has acknowledged for "
                + span(Duration.between(incident.clockFrom(), now))
                + ": "
            : incident.reopened() > 0 ? "It is back: " : "";
    return sentence(
        why + levels + (due.size() == 1 ? " is called" : " are called") + late(due, now));
  }

  private static String late(List<Matrix.Step> due, Instant now) {
    Instant first = due.get(0).due();
    boolean late = first.isBefore(now.minus(LATE));
    return late ? ", later than planned (%s)".formatted(time(first)) : "";
  }

  static String repeated(Incident incident, Instant now) {
    return "Nobody has acknowledged for %s."
        .formatted(span(Duration.between(incident.clockFrom(), now)));
  }

  static String acknowledged(String actor) {
    return actor + " deals with it.";
  }

  static String reminder(Incident incident, Instant now) {
    Instant since =
        incident.acknowledgedAt() == null ? incident.openedAt() : incident.acknowledgedAt();
    String end =
        incident.estimate() == null
            ? "nobody has said when it will be"
            : "it is expected to be at " + time(incident.estimate());
    return "%s has dealt with it for %s; it is not resolved, and %s."
        .formatted(incident.acknowledgedBy(), span(Duration.between(since, now)), end);
  }

  private static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }
}
