package holdfast.incident;

import holdfast.alarm.Alarm;
import holdfast.plan.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All events of one fingerprint within a batch. Pure: what they come to depends on their own times,
 * not on the order in which they arrive.
 *
 * @param alarms by their time
 */
record Burst(String fingerprint, List<Alarm> alarms) {

  /** A source whose clock runs ahead could otherwise never clear its own trouble. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  /** An event that was on its way when a person ended the incident is here by then. */
  private static final Duration LATE = Duration.ofMinutes(5);

  /** Of the same moment, the event that fires counts: rather a call too many. */
  private static final Comparator<Alarm> BY_TIME =
      Comparator.comparing(Alarm::at)
          .thenComparing(Alarm::sequence)
          .thenComparing(alarm -> alarm.state() == Alarm.State.FIRING);

  /** The events that say something of a trouble, by fingerprint. */
  static List<Burst> of(List<Alarm> alarms) {
    Map<String, List<Alarm>> groups = new LinkedHashMap<>();
    for (Alarm alarm : alarms) {
      if (alarm.state() == Alarm.State.FIRING || alarm.state() == Alarm.State.CLEARED) {
        groups.computeIfAbsent(alarm.fingerprint(), key -> new ArrayList<>()).add(alarm);
      }
    }
    return groups.entrySet().stream()
        .map(group -> new Burst(group.getKey(), group.getValue().stream().sorted(BY_TIME).toList()))
        .toList();
  }

  /** When an event happened, as far as it can be believed. */
  static Instant believed(Alarm alarm, Instant now) {
    Instant latest = now.plus(AHEAD);
    return (alarm.at().isAfter(latest) ? latest : alarm.at()).truncatedTo(ChronoUnit.MICROS);
  }

  Alarm newest() {
    return alarms.get(alarms.size() - 1);
  }

  /** The newest that fires. */
  Optional<Alarm> firing() {
    return alarms.stream()
        .filter(alarm -> alarm.state() == Alarm.State.FIRING)
        .reduce((older, newer) -> newer);
  }

  /** Those that happened after everything known. */
  private List<Alarm> news(@Nullable Signal known, Instant now) {
    return alarms.stream().filter(alarm -> known == null || isAfter(alarm, known, now)).toList();
  }

  /**
   * A source that repeats a trouble names the time at which it began. Where a person held it for
   * clear and it still comes some time later, the source knows better.
   */
  private static boolean isAfter(Alarm alarm, Signal known, Instant now) {
    boolean fires = alarm.state() == Alarm.State.FIRING;
    if (known.byHand() && fires && !now.isBefore(known.at().plus(LATE))) {
      return true;
    }
    int time = believed(alarm, now).compareTo(known.at());
    int order = time == 0 ? Long.compare(alarm.sequence(), known.sequence()) : time;
    boolean wins = fires && known.state() == Alarm.State.CLEARED && order == 0;
    return order > 0 || wins;
  }

  /** Whether a trouble that was not there, as far as is known, is there now. */
  boolean begins(@Nullable Signal known, Instant now) {
    boolean was = known != null && known.state() == Alarm.State.FIRING;
    return !was && over(known, "", now).state() == Alarm.State.FIRING;
  }

  /** The worst that is new; empty where nothing new fires. */
  Optional<Severity> severity(@Nullable Signal known, Instant now) {
    return news(known, now).stream()
        .filter(alarm -> alarm.state() == Alarm.State.FIRING)
        .map(Alarm::severity)
        .min(Comparator.naturalOrder());
  }

  /** What the source says after these events, given what was known; within {@code incident}. */
  Signal over(@Nullable Signal known, String incident, Instant now) {
    List<Alarm> news = news(known, now);
    Alarm shown = firing().orElse(newest());
    Signal before = known != null && known.incident().equals(incident) ? known : null;
    boolean moves = known == null || !news.isEmpty();
    Alarm last = newest();
    return new Signal(
        incident,
        fingerprint,
        moves ? last.state() : known.state(),
        moves ? at(known, last, now) : known.at(),
        moves ? last.sequence() : known.sequence(),
        severity(known, now).orElse(known == null ? shown.severity() : known.severity()),
        shown.title(),
        shown.sender(),
        shown.kind(),
        shown.name(),
        shown.subject().component(),
        shown.subject().asset(),
        shown.subject().resource(),
        shown.link(),
        first(before, now),
        (before == null ? 0 : before.events()) + alarms.size(),
        (before == null ? 0 : before.flaps()) + flaps(before, news),
        moves ? last.receipt() : known.receipt(),
        !moves && known.byHand());
  }

  /** A person's word is not older for what a source repeats: the newest signal has to be last. */
  private static Instant at(@Nullable Signal known, Alarm last, Instant now) {
    Instant own = believed(last, now);
    return known != null && known.byHand() && known.at().isAfter(own) ? known.at() : own;
  }

  private Instant first(@Nullable Signal before, Instant now) {
    Instant first =
        believed(
            alarms.stream()
                .filter(alarm -> alarm.state() == Alarm.State.FIRING)
                .findFirst()
                .orElse(alarms.get(0)),
            now);
    return before != null && before.firstAt().isBefore(first) ? before.firstAt() : first;
  }

  private static long flaps(@Nullable Signal before, List<Alarm> news) {
    boolean cleared = before != null && before.state() == Alarm.State.CLEARED;
    long flaps = 0;
    for (Alarm alarm : news) {
      boolean fires = alarm.state() == Alarm.State.FIRING;
      flaps += fires && cleared ? 1 : 0;
      cleared = !fires;
    }
    return flaps;
  }
}
