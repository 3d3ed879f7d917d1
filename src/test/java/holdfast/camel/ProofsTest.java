package holdfast.camel;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.Point;
import holdfast.catalog.Shelf;
import holdfast.harness.JournalNode;
import holdfast.harness.SamplePlan;
import holdfast.harness.SettableClock;
import holdfast.journal.Code;
import holdfast.journal.Event;
import holdfast.journal.Outbox;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.verify.ProofTicket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProofsTest {

  private final SettableClock clock = SettableClock.at("2026-11-21T12:00:00Z");
  private final JournalNode node = JournalNode.fresh(clock, "holdfast-proof");
  private final Shelf shelf = new Shelf(node, SamplePlan.plans(), clock);
  private final Point point = shelf.point();
  private final Proofs proofs =
      new Proofs(shelf.catalog(), node.runs(), node.outcomes(), node.ids());

  private Outbox.Entry entry() {
    return node.outbox().recent(20).stream()
        .filter(entry -> point.id().equals(Event.read(entry.event()).point()))
        .findFirst()
        .orElseThrow();
  }

  private Map<String, Object> claimed() {
    node.sql(
        "UPDATE outbox SET state = 'SENDING', attempts = attempts + 1,"
            + " claimed_until = now() + interval '2 minutes'");
    return Map.of("id", entry().id(), "event", entry().event());
  }

  private Run begun(ProofTicket ticket) {
    return node.runs()
        .begin(
            new Runs.Request(
                ticket.runId(),
                Run.Kind.VERIFY,
                point.asset(),
                ticket.trigger(),
                ticket.actor(),
                null,
                point.id()));
  }

  private void end(Run run, Code code) {
    node.runs().fail(run, new RunException(code, "point", false, "It ended."), List.of());
  }

  @Test
  void a_proof_cut_off_by_a_crash_is_asked_for_again_once_its_run_is_closed() {
    Run dead = begun(proofs.ticket(claimed()));
    Map<String, Object> again = claimed();
    int attempts = entry().attempts();
    assertThat(proofs.ticket(again)).as("nobody knows yet that it is dead").isNull();
    proofs.settle(again);
    assertThat(entry().state()).isEqualTo(Outbox.State.WAITING);
    assertThat(entry().attempts()).as("waiting is no attempt").isEqualTo(attempts - 1);
    end(dead, Code.ABANDONED);
    Map<String, Object> later = claimed();
    Run second = begun(proofs.ticket(later));
    end(second, Code.NO_EVIDENCE);
    proofs.settle(later);
    assertThat(entry().state()).isEqualTo(Outbox.State.DELIVERED);
    assertThat(entry().receipt()).isEqualTo("run " + second.id());
    assertThat(proofs.ticket(later)).isNull();
  }
}
