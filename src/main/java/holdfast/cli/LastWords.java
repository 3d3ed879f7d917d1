package holdfast.cli;

import holdfast.journal.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The messages that a command caused, which leave before it ends if they can. */
final class LastWords {

  /** As long as a server may take for its first answer, and no longer than a person waits. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final Outbox outbox;
  private final Instant since;
  private final Terminal terminal;

  LastWords(Outbox outbox, Instant since, Terminal terminal) {
    this.outbox = outbox;
    this.since = since;
    this.terminal = terminal;
  }

  /** Waits until each message was tried once; says how many could not be handed over. */
  void say() {
    try {
      int waiting = await();
      terminal.clearLine();
      if (waiting > 0) {
        terminal.complain(
            waiting == 1
                ? "1 message waits; it leaves when a service runs."
                : "%d messages wait; they leave when a service runs.".formatted(waiting));
      }
    } catch (RuntimeException e) { // what the command itself came to must still be told
      terminal.complain("Whether messages wait is not known: " + e.getMessage());
    }
  }

  private int await() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<Outbox.Entry> unsent = outbox.unsent(since);
    while (unsent.stream().anyMatch(LastWords::untried)
        && System.nanoTime() < deadline
        && !Thread.currentThread().isInterrupted()) {
      terminal.show("handing over messages …");
      LockSupport.parkNanos(INTERVAL.toNanos());
      unsent = outbox.unsent(since);
    }
    return unsent.size();
  }

  private static boolean untried(Outbox.Entry message) {
    return message.state() == Outbox.State.SENDING || message.attempts() == 0;
  }
}
