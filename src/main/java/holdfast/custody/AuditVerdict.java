package holdfast.custody;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a check of the audit found: the chain in the journal, and its copies.
 *
 * @param entries how many there are in the journal
 * @param brokenAt the first entry whose hash does not follow; 0 when the chain is whole
 */
public record AuditVerdict(long entries, long brokenAt, List<Copy> copies) {

  /**
   * How the copies in one store compare.
   *
   * @param through the last entry that is copied there; 0 where none is
   * @param problem what does not agree, in one sentence; absent where all agrees
   * @param unread why they could not be read; absent where they could
   */
  public record Copy(
      String store, long through, @Nullable String problem, @Nullable String unread) {}

  /** Whether nothing was found that does not agree. */
  public boolean whole() {
    return problems().isEmpty();
  }

  /** Everything that does not agree, one sentence each. */
  public List<String> problems() {
    Stream<String> chain =
        brokenAt == 0
            ? Stream.of()
            : Stream.of(
                "Entry %d of the audit does not follow from the one before it: the record was changed."
                    .formatted(brokenAt));
    return Stream.concat(chain, copies.stream().flatMap(copy -> Stream.ofNullable(copy.problem())))
        .toList();
  }

  /** Whether every copy could be read. */
  public boolean read() {
    return copies.stream().allMatch(copy -> copy.unread() == null);
  }
}
