package holdfast.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import holdfast.catalog.Point;
import holdfast.catalog.Shelf;
import holdfast.harness.JournalNode;
import holdfast.harness.SamplePlan;
import holdfast.harness.SettableClock;
import holdfast.journal.Code;
import holdfast.journal.Pulse;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.source.Target;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GateTest {

  private final SettableClock clock = SettableClock.at("2026-11-21T12:00:00Z");
  private final JournalNode node = JournalNode.fresh(clock);
  private final Shelf shelf = new Shelf(node, SamplePlan.plans(), clock);
  private final Point point = shelf.point();
  private final ScratchDataSource copy = new ScratchDataSource();
  private final Gate gate =
      new Gate(node.runs(), shelf.catalog(), copy, new Records(null, null), clock);

  private ProofTicket ticket() {
    return ProofTicket.of(node.ids().next(), point, "proof", "holdfast");
  }

  private OpenProof proof() {
    ProofTicket ticket = ticket();
    Run run = gate.begin(ticket);
    return new OpenProof(
        ticket,
        run,
        clock.instant(),
        stop -> Pulse.start(node.runs(), run, Duration.ofMinutes(1), () -> {}));
  }

  private void end(OpenProof proof) {
    RunException broke = new RunException(Code.NO_EVIDENCE, "point", false, "It broke.");
    node.runs().fail(proof.run, broke, List.of());
  }

  private CompletableFuture<OpenProof> entering() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            OpenProof proof = proof();
            gate.enter(proof);
            return proof;
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        work -> new Thread(work).start());
  }

  @Test
  void a_proof_that_is_cleaning_up_is_left_once_and_by_itself() throws Exception {
    SlowScratch scratch = new SlowScratch();
    OpenProof first = proof();
    gate.enter(first);
    first.scratch = scratch;
    end(first);
    Thread leaving = new Thread(() -> gate.leave(first));
    leaving.start();
    await().until(() -> scratch.closings.get() == 1);
    CompletableFuture<OpenProof> second = entering();
    assertThatThrownBy(() -> second.get(2500, TimeUnit.MILLISECONDS))
        .as("the scratch of the first is still being removed")
        .isInstanceOf(TimeoutException.class);
    assertThat(scratch.closings).hasValue(1);
    scratch.may.countDown();
    leaving.join();
    OpenProof open = second.get();
    gate.leave(first);
    assertThat(gate.current()).isSameAs(open);
    CompletableFuture<OpenProof> third = entering();
    assertThatThrownBy(() -> third.get(1500, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    end(open);
    gate.leave(open);
    OpenProof last = third.get();
    end(last);
    gate.leave(last);
  }

  @Test
  void a_proof_that_was_never_closed_is_put_out_of_the_way() throws Exception {
    OpenProof first = proof();
    gate.enter(first);
    end(first);
    OpenProof second = entering().get();
    gate.leave(first);
    assertThat(gate.current()).isSameAs(second);
    end(second);
    gate.leave(second);
  }

  @Test
  void a_claim_that_fails_while_it_waits_beats_no_longer() throws Exception {
    Verify verify = new Verify(node.runs(), gate, null, null, copy, clock);
    OpenProof first = proof();
    gate.enter(first);
    ProofTicket waiting = ticket();
    CompletableFuture<ProofTicket> claim =
        CompletableFuture.supplyAsync(() -> verify.claim(waiting), w -> new Thread(w).start());
    await().until(() -> beats(waiting));
    node.sql("ALTER TABLE runs RENAME TO away");
    assertThatThrownBy(claim::join).hasRootCauseInstanceOf(Exception.class);
    await().until(() -> !beats(waiting));
    first.end();
  }

  private static boolean beats(ProofTicket ticket) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("pulse-" + ticket.runId()));
  }

  /** A scratch whose removal takes until the test says so. */
  private static final class SlowScratch implements Scratch {

    final AtomicInteger closings = new AtomicInteger();
    final CountDownLatch may = new CountDownLatch(1);

    @Override
    public void create() {}

    @Override
    public void drop() {}

    @Override
    public Target target() {
      throw new UnsupportedOperationException();
    }

    @Override
    public DataSource owner() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int major() {
      return 15;
    }

    @Override
    public void admitReader() {}

    @Override
    public Connection reader(Duration limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      closings.incrementAndGet();
      try {
        may.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
