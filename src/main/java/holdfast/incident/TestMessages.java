package holdfast.incident;

import holdfast.alarm.Alarm;
import holdfast.journal.Outbox;
import holdfast.journal.Transaction;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes messages of the event of a test, where any other would become an incident. */
final class TestMessages {

  private static final String TITLE = "the way of alarms";
  private static final String SENTENCE =
      "This is a test. Nothing is wrong, and nobody needs to do anything: that it arrived here is"
          + " what is tested.";

  private final AlarmTestRows rows;
  private final Outbox outbox;
  private final Plans plans;

  TestMessages(Transaction journal, Outbox outbox, Plans plans) {
    this.rows = new AlarmTestRows(journal);
    this.outbox = outbox;
    this.plans = plans;
  }

  /** One message for each channel of the test, once, however often its event is read. */
  void tell(Alarm alarm, Instant now) {
    String id = alarm.name();
    Notice notice =
        new Notice(
            Notice.Type.TEST,
            id,
            "",
            Severity.LOW,
            Situation.NONE,
            TITLE,
            SENTENCE,
            0,
            List.of(),
            alarm.at(),
            now,
            null,
            0,
            Map.of());
    rows.taken(id, now).orElse(List.of()).stream()
        .filter(plans.installation().channels()::containsKey)
        .forEach(channel -> outbox.tell(channel, id, notice.json()));
  }
}
