package holdfast.restore;

import holdfast.catalog.Point;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.util.Set;

/**
 * One copy could not be read, or its bytes are not the ones stored. That says nothing against the
 * point's other copies, whereas any other failure would meet them too.
 */
final class CopyTrouble extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final Set<Code> DAMAGE = Set.of(Code.CORRUPT, Code.TRUNCATED);

  private final RunException failure;

  CopyTrouble(RunException failure) {
    super(failure.getMessage(), failure);
    this.failure = failure;
  }

  /** While {@code copy} was opened or its manifest was read. */
  static CopyTrouble of(RuntimeException e, Point.Copy copy) {
    return new CopyTrouble(RunException.from(e, copy.store()));
  }

  /** What to throw when a load ended with {@code failure}. */
  static RuntimeException orNot(RunException failure, boolean readingBroke) {
    return readingBroke || DAMAGE.contains(failure.code()) ? new CopyTrouble(failure) : failure;
  }

  RunException failure() {
    return failure;
  }
}
