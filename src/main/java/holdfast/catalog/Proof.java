package holdfast.catalog;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A restore test's result.
 *
 * @param restoreSeconds from the first byte read to the last byte loaded: the measured RTO
 * @param reason one sentence; never empty unless PASS
 */
public record Proof(
    String runId,
    String point,
    Verdict verdict,
    String reason,
    Instant startedAt,
    Instant endedAt,
    double restoreSeconds,
    List<Answer> answers) {

  /** A proof that could not run is never a PASS and never a FAIL. */
  public enum Verdict {
    PASS,
    FAIL,
    COULD_NOT_VERIFY;

    /** As people write it. */
    public String words() {
      return name().replace('_', '-');
    }
  }

  /**
   * One query and its answer.
   *
   * @param expected in words, such as {@code = 600000, as in the dump} or {@code at least 1}
   * @param got absent when the query failed
   */
  public record Answer(
      String query, String expected, @Nullable Long got, boolean pass, @Nullable String problem) {}
}
