package holdfast.verify;

import holdfast.catalog.Manifest;
import holdfast.catalog.Proof.Answer;
import holdfast.journal.Pulse;
import holdfast.journal.Run;
import holdfast.plan.Verification;
import holdfast.restore.Worker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The one proof that is open, and what it has come to so far. Used by the proof's thread only. */
final class OpenProof {

  final Run run;
  final ProofTicket ticket;
  final Instant startedAt;
  final Worker worker = new Worker();
  final Pulse pulse;
  final List<Answer> answers = new ArrayList<>();
  @Nullable Scratch scratch;
  @Nullable Manifest manifest;
  @Nullable Verification verification;
  @Nullable Map<String, Long> comparable;
  double restoreSeconds;
  boolean finished;
  private final AtomicBoolean left = new AtomicBoolean();

  OpenProof(
      ProofTicket ticket,
      Run run,
      Instant startedAt,
      java.util.function.Function<Runnable, Pulse> pulse) {
    this.ticket = ticket;
    this.run = run;
    this.startedAt = startedAt;
    this.pulse = pulse.apply(worker::stop);
  }

  boolean is(ProofTicket other) {
    return ticket.runId().equals(other.runId());
  }

  /** Whether the caller, and nobody before it, is the one to clean up. */
  boolean leaves() {
    return left.compareAndSet(false, true);
  }

  /** Whether somebody is cleaning up, or has. */
  boolean isLeft() {
    return left.get();
  }

  /** No heartbeat and no interrupt come after this. */
  void end() {
    pulse.close();
    worker.done();
  }

  void removeScratch() {
    if (scratch != null) {
      scratch.close();
    }
  }

  Scratch scratch() {
    return Objects.requireNonNull(scratch, "the proof was not prepared");
  }

  Manifest manifest() {
    return Objects.requireNonNull(manifest, "the proof was not restored");
  }

  /** Rows of the dump by table, without tables whose rows say nothing once that is known. */
  Map<String, Long> dumped() {
    return comparable == null ? manifest().rows().dump() : comparable;
  }

  Verification verification() {
    return Objects.requireNonNull(verification, "the proof was not prepared");
  }
}
