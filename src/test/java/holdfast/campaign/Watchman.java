package holdfast.campaign;

import holdfast.harness.Claiming;
import holdfast.incident.Escalation;
import holdfast.journal.Audit;
import holdfast.journal.Life;
import holdfast.journal.Outbox;
import holdfast.journal.Outcomes;
import holdfast.journal.Transaction;
import holdfast.process.UnixSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * A node that does nothing but wind the clock of incidents and send its messages, into a file; made
 * to be killed.
 */
final class Watchman {

  /** As the shipped route winds it. */
  private static final Duration PACE = Duration.ofSeconds(1);

  private Watchman() {}

  /** {@code SOCKETS PORT USER DATABASE SENT}; says ready once it is connected. */
  public static void main(String[] arguments) throws IOException {
    InstantSource clock = InstantSource.system();
    DataSource database =
        UnixSocket.dataSource(
            Path.of(arguments[0]), Integer.parseInt(arguments[1]), arguments[2], arguments[3]);
    Transaction journal = Transaction.on(database);
    Life life = new Life(database);
    Audit audit = new Audit(journal, clock);
    Outbox outbox = new Outbox(journal, clock);
    Outcomes outcomes = new Outcomes(journal, audit, life, clock);
    Escalation escalation = new Escalation(journal, audit, outbox, EscalationTrial.plans(), clock);
    Path sent = Path.of(arguments[4]);
    outcomes.giveBack();
    System.out.println("ready");
    while (true) {
      escalation.tick();
      for (String channel : EscalationTrial.CHANNELS) {
        send(journal, life, outcomes, channel, sent);
      }
      LockSupport.parkNanos(PACE.toNanos());
    }
  }

  private static void send(
      Transaction journal, Life life, Outcomes outcomes, String channel, Path sent)
      throws IOException {
    for (Map<String, Object> row : Claiming.claim(journal, life, channel)) {
      long id = (Long) row.get("id");
      Files.writeString(sent, id + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      outcomes.delivered(id, "sent");
    }
  }
}
