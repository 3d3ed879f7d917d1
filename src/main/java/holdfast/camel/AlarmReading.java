package holdfast.camel;

import holdfast.alarm.Alarm;
import holdfast.alarm.Arrival;
import holdfast.alarm.Inbox;
import holdfast.alarm.IntakeAlarms;
import holdfast.alarm.Reading;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.journal.Transaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads accepted events and hands their alarms to the incidents: many in one transaction, or, where
 * one of them spoils it, each by itself. Killed at any moment, it has either done all or nothing.
 */
public final class AlarmReading {

  private static final Logger LOG = LoggerFactory.getLogger(AlarmReading.class);

  private static final int BATCH = 100;
  private static final int BATCHES_MAX = 200;
  private static final int TRIES = 3;

  private final Transaction journal;
  private final Inbox inbox;
  private final Function<Arrival, Reading> reader;
  private final Consumer<List<Alarm>> incidents;
  private final InstantSource clock;

  AlarmReading(
      Transaction journal,
      Inbox inbox,
      Function<Arrival, Reading> reader,
      Consumer<List<Alarm>> incidents,
      InstantSource clock) {
    this.journal = journal;
    this.inbox = inbox;
    this.reader = reader;
    this.incidents = incidents;
    this.clock = clock;
  }

  /**
   * Reads what waits, in the order it came; what is left after many batches waits for the next
   * call.
   *
   * @throws RunException UNREACHABLE when the journal is; nothing is lost by that
   */
  public void read() {
    for (int i = 0; i < BATCHES_MAX && batch() > 0; i++) {
      LOG.trace("batch {} is read", i);
    }
    for (int i = 0; i < BATCH && again(); i++) {
      LOG.trace("event {} was tried again", i);
    }
  }

  private int batch() {
    List<String> held = new ArrayList<>();
    try {
      journal.run(
          () -> {
            List<Arrival> arrivals = inbox.claim(BATCH);
            arrivals.forEach(arrival -> held.add(arrival.receipt()));
            settle(arrivals);
          });
    } catch (RuntimeException | StackOverflowError spoilt) {
      passUnreachable(spoilt);
      LOG.warn("A batch of events failed and is read one by one: {}", Failure.sentence(spoilt));
      held.forEach(this::alone);
    }
    return held.size();
  }

  /** Tries one event again that failed before and is due; whether there was one. */
  private boolean again() {
    Optional<String> failed = journal.in(() -> inbox.claimFailed().map(Arrival::receipt));
    failed.ifPresent(this::alone);
    return failed.isPresent();
  }

  private void alone(String receipt) {
    try {
      journal.run(() -> inbox.claim(receipt).ifPresent(arrival -> settle(List.of(arrival))));
    } catch (RuntimeException | StackOverflowError failed) {
      passUnreachable(failed);
      String reason = "It could not be dealt with: " + Failure.sentence(failed);
      if (inbox.failed(receipt, reason) >= TRIES) {
        giveUp(receipt, reason);
      }
    }
  }

  private void giveUp(String receipt, String reason) {
    try {
      journal.run(() -> inbox.claim(receipt).ifPresent(arrival -> quarantine(arrival, reason)));
    } catch (RuntimeException untold) {
      passUnreachable(untold);
      LOG.error("No incident tells that event {} was given up", receipt, untold);
      journal.run(() -> inbox.quarantine(receipt, reason));
    }
  }

  private void quarantine(Arrival arrival, String reason) {
    inbox.quarantine(arrival.receipt(), reason);
    incidents.accept(List.of(IntakeAlarms.quarantined(arrival, reason, clock.instant())));
  }

  private void settle(List<Arrival> arrivals) {
    List<Alarm> alarms = new ArrayList<>();
    List<String> done = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      Reading reading = reader.apply(arrival);
      if (reading.refused() == null) {
        alarms.addAll(reading.alarms());
        done.add(arrival.receipt());
      } else {
        inbox.quarantine(arrival.receipt(), reading.refused());
        alarms.add(IntakeAlarms.quarantined(arrival, reading.refused(), clock.instant()));
      }
    }
    if (!alarms.isEmpty()) {
      incidents.accept(alarms);
    }
    inbox.done(done);
  }

  private static void passUnreachable(Throwable failure) {
    if (failure instanceof RunException known && known.code() == Code.UNREACHABLE) {
      throw known;
    }
  }
}
