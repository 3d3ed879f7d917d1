package holdfast.incident;

import holdfast.alarm.Alarm;
import holdfast.journal.Audit;
import holdfast.journal.Transaction;
import holdfast.plan.AlarmTest;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges tests of the way of alarms, on another thread than the one that makes them: whoever has
 * not confirmed in time, or cannot be reached, is an alarm of its own, and it goes straight to the
 * incidents and through other channels, because the way is what is in doubt.
 */
public final class AlarmTestWatch {

  /** How long this must have seen that a test is missing before it says so. */
  static final Duration SEEN = Duration.ofMinutes(2);

  private final Transaction journal;
  private final AlarmTestRows rows;
  private final Audit audit;
  private final Incidents incidents;
  private final @Nullable AlarmTest daily;
  private final InstantSource clock;
  private @Nullable Instant missing;

  public AlarmTestWatch(
      Transaction journal, Audit audit, Incidents incidents, Plans plans, InstantSource clock) {
    this.journal = journal;
    this.rows = new AlarmTestRows(journal);
    this.audit = audit;
    this.incidents = incidents;
    this.daily = plans.installation().alarmTest();
    this.clock = clock;
  }

  /** Looks once; how many tests are still open. */
  public int look() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    int open = 0;
    for (AlarmTestRun test : journal.in(rows::open)) {
      open += judge(test, now) ? 0 : 1;
    }
    begun(now);
    journal.in(rows::troubles).forEach(trouble -> clear(trouble, now));
    return open;
  }

  /** Whether it has ended by this. */
  private boolean judge(AlarmTestRun test, Instant now) {
    if (test.isConfirmed()) {
      return end(test, AlarmTestRun.State.CONFIRMED, now);
    }
    boolean over = !now.isBefore(test.deadline());
    boolean nobody = test.answers().stream().noneMatch(AlarmTestRun.Answer::confirmed);
    if (over && test.takenAt() == null) {
      incidents.take(List.of(unread(test, now)));
    }
    for (AlarmTestRun.Answer answer : test.answers()) {
      if (test.takenAt() != null && (answer.unreachable() || (over && !answer.confirmed()))) {
        incidents.take(List.of(silent(test, answer, over && nobody, now)));
      }
    }
    return over && end(test, AlarmTestRun.State.UNCONFIRMED, now);
  }

  private boolean end(AlarmTestRun test, AlarmTestRun.State outcome, Instant now) {
    journal.run(
        () -> {
          if (rows.end(test.id(), outcome, now)) {
            audit.append(
                Incident.HOLDFAST,
                "alarm-test." + outcome.name().toLowerCase(java.util.Locale.ROOT),
                test.id(),
                Map.of("answers", answers(test)));
          }
        });
    return true;
  }

  private static Map<String, String> answers(AlarmTestRun test) {
    return test.answers().stream()
        .collect(Collectors.toMap(AlarmTestRun.Answer::channel, AlarmTestWatch::words));
  }

  private static String words(AlarmTestRun.Answer answer) {
    if (answer.receipt() != null) {
      return "confirmed: " + answer.receipt();
    }
    return answer.failure() == null
        ? "It was not tried: the channel is not open."
        : "Its last answer: " + answer.failure();
  }

  /** Said once when it cannot be reached, and once more when its time is over. */
  private static Alarm silent(
      AlarmTestRun test, AlarmTestRun.Answer answer, boolean nobody, Instant now) {
    return OwnAlarms.way(
        "%s-%s%s".formatted(test.id(), answer.channel(), nobody ? "-nobody" : ""),
        answer.channel(),
        Alarm.State.FIRING,
        nobody ? Severity.CRITICAL : Severity.HIGH,
        "The test of alarms was not confirmed by %s".formatted(answer.channel()),
        words(answer) + (nobody ? " No channel has confirmed it." : ""),
        now);
  }

  private static Alarm unread(AlarmTestRun test, Instant now) {
    return OwnAlarms.way(
        test.id() + "-unread",
        null,
        Alarm.State.FIRING,
        Severity.CRITICAL,
        "Events are accepted but not read",
        "The event of test %s of %s has not been read: other alarms may wait as well."
            .formatted(test.id(), Sentences.time(test.startedAt())),
        now);
  }

  /** A test that should have been made while this service was up. */
  private void begun(Instant now) {
    Instant due = daily == null ? null : daily.newest(now);
    boolean there =
        due == null || due.plus(daily.within()).isAfter(now) || journal.in(() -> rows.exists(due));
    if (there) {
      missing = null;
      return;
    }
    Instant since = missing == null ? now : missing;
    missing = since;
    if (!since.plus(SEEN).isAfter(now)) {
      incidents.take(
          List.of(
              OwnAlarms.way(
                  "test-of-" + due,
                  null,
                  Alarm.State.FIRING,
                  Severity.HIGH,
                  "The daily test of alarms did not begin",
                  "It was due at %s.".formatted(Sentences.time(due)),
                  now)));
    }
  }

  private void clear(AlarmTestRows.Trouble trouble, Instant now) {
    Instant over = trouble.over();
    if (over != null) {
      String about = trouble.channel() == null ? "the way of alarms" : trouble.channel();
      incidents.take(
          List.of(
              OwnAlarms.way(
                  "%s-again-%s".formatted(trouble.fingerprint(), over),
                  trouble.channel(),
                  Alarm.State.CLEARED,
                  Severity.HIGH,
                  "A test of alarms was confirmed by " + about,
                  "",
                  now)));
    }
  }
}
