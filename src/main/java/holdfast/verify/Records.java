package holdfast.verify;

import holdfast.catalog.Point;
import holdfast.catalog.Proof;
import holdfast.catalog.Proof.Verdict;
import holdfast.journal.RunException;
import holdfast.store.Stores;
import holdfast.stream.KeyRing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts proofs beside the data they speak of. */
final class Records {

  private static final Logger LOG = LoggerFactory.getLogger(Records.class);

  private final Stores stores;
  private final KeyRing keys;

  Records(Stores stores, KeyRing keys) {
    this.stores = stores;
    this.keys = keys;
  }

  /** The proof as it may be recorded: a PASS that could not be kept beside its data is none. */
  Proof put(Point point, Proof proof) {
    try {
      ProofDocument.of(point, proof).put(point, stores, keys);
      return proof;
    } catch (RuntimeException e) {
      RunException failure = RunException.from(e, point.id());
      LOG.warn("The proof of {} was not put beside its data: {}", point.id(), failure.getMessage());
      return proof.verdict() == Verdict.PASS ? unkept(proof, failure) : proof;
    }
  }

  private static Proof unkept(Proof proof, RunException failure) {
    return new Proof(
        proof.runId(),
        proof.point(),
        Verdict.COULD_NOT_VERIFY,
        "The copy is well, but its proof could not be kept beside it: " + failure.getMessage(),
        proof.startedAt(),
        proof.endedAt(),
        proof.restoreSeconds(),
        proof.answers());
  }
}
