package holdfast.verify;

import holdfast.catalog.Catalog;
import holdfast.catalog.Proof;
import holdfast.catalog.Proof.Verdict;
import holdfast.journal.Code;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets one proof in at a time, and sees that each is recorded and leaves nothing behind. */
final class Gate {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private final Runs runs;
  private final Catalog catalog;
  private final ScratchDataSource copy;
  private final Records records;
  private final InstantSource clock;
  private final Semaphore turn = new Semaphore(1, true);
  private volatile @Nullable OpenProof open;

  Gate(Runs runs, Catalog catalog, ScratchDataSource copy, Records records, InstantSource clock) {
    this.runs = runs;
    this.catalog = catalog;
    this.copy = copy;
    this.records = records;
    this.clock = clock;
  }

  Run begin(ProofTicket ticket) {
    return runs.begin(
        new Runs.Request(
            ticket.runId(),
            Run.Kind.VERIFY,
            ticket.point().asset(),
            ticket.trigger(),
            ticket.actor(),
            null,
            ticket.point().id()));
  }

  /** Waits; a proof whose run has ended, and that nobody closed, is put out of the way. */
  void enter(OpenProof proof) throws InterruptedException {
    while (!turn.tryAcquire(1, TimeUnit.SECONDS)) {
      OpenProof before = open;
      if (before != null
          && !before.isLeft()
          && runs.find(before.run.id()).map(Run::over).orElse(true)) {
        LOG.warn(
            "Proof {} was never closed; compare policy-proof with the one shipped",
            before.run.id());
        leave(before);
      }
    }
    open = proof;
  }

  /** The proof that this thread opened; null when there is none. */
  @Nullable OpenProof ofThisThread() {
    OpenProof proof = open;
    return proof != null && proof.worker.isMe() ? proof : null;
  }

  OpenProof current() {
    OpenProof proof = open;
    if (proof == null) {
      throw notClaimed("the point");
    }
    return proof;
  }

  OpenProof current(ProofTicket ticket) {
    OpenProof proof = current();
    if (!proof.is(ticket)) {
      throw notClaimed(ticket.point().id());
    }
    return proof;
  }

  private static RunException notClaimed(String subject) {
    return new RunException(
        Code.NO_EVIDENCE,
        subject,
        false,
        "The proof of %s was not claimed; restore the claim step of the route.".formatted(subject));
  }

  void finish(OpenProof proof, Verdict verdict, String reason) {
    if (proof.finished) {
      return;
    }
    copy.shut();
    proof.worker.done(); // what follows may outlast a lease, so the heartbeat goes on
    Proof result =
        new Proof(
            proof.run.id(),
            proof.ticket.point().id(),
            verdict,
            reason,
            proof.startedAt,
            clock.instant(),
            proof.restoreSeconds,
            List.copyOf(proof.answers));
    Proof kept = records.put(proof.ticket.point(), result);
    catalog.prove(kept);
    proof.finished = true;
    proof.end();
  }

  /** Records a proof that never got as far as being open. */
  void unclaimed(ProofTicket ticket, String reason) {
    Run run =
        runs.find(ticket.runId())
            .filter(known -> known.state() != Run.State.QUEUED)
            .orElseGet(() -> begin(ticket));
    if (!run.over()) {
      catalog.prove(
          new Proof(
              run.id(),
              ticket.point().id(),
              Verdict.COULD_NOT_VERIFY,
              reason,
              run.startedAt(),
              clock.instant(),
              0,
              List.of()));
    }
  }

  /**
   * Removes the proof's scratch, records it if nobody judged it, and lets the next one in; once.
   */
  void leave(OpenProof proof) {
    if (!proof.leaves()) {
      return;
    }
    try {
      copy.shut();
      proof.worker.done();
      if (!proof.finished && !runs.find(proof.run.id()).map(Run::over).orElse(true)) {
        finish(
            proof,
            Verdict.COULD_NOT_VERIFY,
            "The proof route ended without a verdict; restore its missing step.");
      }
    } finally {
      try {
        proof.end();
        proof.removeScratch();
      } finally {
        if (open == proof) {
          open = null;
          turn.release();
        }
      }
    }
  }
}
