package holdfast.catalog;

import holdfast.journal.RunException;
import holdfast.store.Store;
import holdfast.store.Stores;
import holdfast.stream.KeyRing;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at keys, signature and stores for a {@link Ruling}. */
final class Eyes implements Function<Ticket, Ruling.Seen> {

  private final KeyRing keys;
  private final Stores stores;

  Eyes(KeyRing keys, Stores stores) {
    this.keys = keys;
    this.stores = stores;
  }

  @Override
  public Ruling.Seen apply(Ticket ticket) {
    Evidence evidence = ticket.evidence();
    if (evidence == null) {
      return new Ruling.Seen(List.of(), "", "there is none", Set.of());
    }
    return new Ruling.Seen(
        keys.fingerprints(ticket.asset().pipeline().recipients()),
        keys.signer(),
        signatureProblem(evidence),
        silent(evidence));
  }

  private @Nullable String signatureProblem(Evidence evidence) {
    try {
      keys.verify(evidence.manifest(), evidence.signature());
      return null;
    } catch (RunException problem) {
      return problem.getMessage();
    }
  }

  /** Only stores that left no checksum are asked whether they ever do. */
  private Set<String> silent(Evidence evidence) {
    return evidence.receipts().stream()
        .filter(receipt -> receipt.head().checksum() == null)
        .map(Store.Receipt::store)
        .filter(store -> !stores.named(store).traits().serverChecksums())
        .collect(Collectors.toUnmodifiableSet());
  }
}
