package holdfast.incident;

import holdfast.alarm.Inbound;
import holdfast.alarm.TestEvent;
import holdfast.journal.Audit;
import holdfast.journal.Code;
import holdfast.journal.Ids;
import holdfast.journal.RunException;
import holdfast.journal.Transaction;
import holdfast.plan.AlarmTest;
import holdfast.plan.Plans;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tests of the way of alarms: an event of our own goes the way of every other, and each channel
 * must take the message that it becomes. It opens no incident and calls nobody.
 */
public final class AlarmTests {

  /** What the id of a test begins with, which stands where other messages name an incident. */
  public static final String PREFIX = "test-";

  /** Attempts that fail before a channel counts as one that cannot be reached. */
  static final int ATTEMPTS = 2;

  private final Transaction journal;
  private final AlarmTestRows rows;
  private final Audit audit;
  private final Consumer<Inbound> inbox;
  private final Ids ids;
  private final Plans plans;
  private final InstantSource clock;

  /**
   * Tests over {@code plans}.
   *
   * @param inbox accepts an event, within the caller's transaction
   */
  public AlarmTests(
      Transaction journal,
      Audit audit,
      Consumer<Inbound> inbox,
      Ids ids,
      Plans plans,
      InstantSource clock) {
    this.journal = journal;
    this.rows = new AlarmTestRows(journal);
    this.audit = audit;
    this.inbox = inbox;
    this.ids = ids;
    this.plans = plans;
    this.clock = clock;
  }

  /**
   * Begins the newest daily test that is due and was not made; one that was missed while no service
   * ran is made late, and of several missed ones only the newest. Its id, or empty.
   */
  public Optional<String> beginDue() {
    AlarmTest daily = plans.installation().alarmTest();
    if (daily == null) {
      return Optional.empty();
    }
    Instant due = daily.newest(clock.instant());
    List<String> channels = channels();
    return channels.isEmpty() || journal.in(() -> rows.exists(due))
        ? Optional.empty()
        : begin(due, Incident.HOLDFAST, channels);
  }

  /**
   * Begins one because somebody asks; its id.
   *
   * @throws RunException INVALID when there is no channel to test
   */
  public String begin(String actor) {
    List<String> channels = channels();
    if (channels.isEmpty()) {
      throw new RunException(
          Code.INVALID,
          "alarm-test",
          false,
          "There is no channel through which people are called: declare one, and name it in an"
              + " escalation.");
    }
    return begin(null, actor, channels).orElseThrow();
  }

  private Optional<String> begin(@Nullable Instant due, String actor, List<String> channels) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    String id = PREFIX + ids.next();
    AlarmTestRun test =
        new AlarmTestRun(
            id,
            due,
            actor,
            now,
            now.plus(within()),
            null,
            null,
            AlarmTestRun.State.OPEN,
            List.of());
    return journal.in(
        () -> {
          if (!rows.begin(test, channels)) {
            return Optional.empty();
          }
          inbox.accept(TestEvent.of(id, now));
          audit.append(actor, "alarm-test.begun", id, Map.of("channels", channels));
          return Optional.of(id);
        });
  }

  private Duration within() {
    AlarmTest daily = plans.installation().alarmTest();
    return daily == null ? AlarmTest.WITHIN : daily.within();
  }

  /** The channels that a test asks: those of the plan's setting, else all that people hear of. */
  public List<String> channels() {
    AlarmTest daily = plans.installation().alarmTest();
    return daily == null || daily.channels().isEmpty()
        ? TestedChannels.of(plans)
        : daily.channels();
  }

  public Optional<AlarmTestRun> find(String id) {
    return journal.in(() -> rows.find(id));
  }

  /** Newest first. */
  public List<AlarmTestRun> recent(int limit) {
    return journal.in(() -> rows.newest(limit));
  }
}
