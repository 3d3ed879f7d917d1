package holdfast.catalog;

import holdfast.plan.AssetId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every recovery point known. */
public final class Catalog {

  /**
   * Makes the point GOOD, in one transaction with the run's end and the messages.
   *
   * @throws holdfast.journal.RunException NO_EVIDENCE, naming what is missing, unless every piece
   *     that invariant I1 lists is there and agrees; FENCED when the lease is lost
   */
  public Point record(Ticket ticket) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Notes a proof, in one transaction with the run's end and the messages; PASS makes the point
   * PROVEN, FAIL makes it SUSPECT.
   */
  public void prove(Proof proof) {
    throw new UnsupportedOperationException("not built yet");
  }

  public Optional<Point> find(String id) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** The newest point that may be restored. */
  public Optional<Point> latest(AssetId asset) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** The newest point that was proven. */
  public Optional<Point> latestProven(AssetId asset) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Newest first; all assets when {@code asset} is null. */
  public List<Point> points(@Nullable AssetId asset, int limit) {
    throw new UnsupportedOperationException("not built yet");
  }
}
