package holdfast.catalog;

import holdfast.source.Source;
import holdfast.store.Store;
import holdfast.stream.Digest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a transfer can show for itself; everything that makes a point GOOD, except the catalog row.
 *
 * @param receipts of the stores that hold it
 * @param lost why the other stores do not, in a sentence each, by their names
 * @param manifest the exact bytes stored beside the data
 */
public record Evidence(
    String point,
    Source.Facts facts,
    Source.Evidence source,
    Digest plain,
    Digest sealed,
    List<Store.Receipt> receipts,
    Map<String, String> lost,
    byte[] manifest,
    byte[] signature,
    Instant startedAt,
    Instant endedAt) {

  /** The same, without the copy in {@code store}. */
  public Evidence without(String store, String sentence) {
    Map<String, String> more = new LinkedHashMap<>(lost);
    more.put(store, sentence);
    return new Evidence(
        point,
        facts,
        source,
        plain,
        sealed,
        receipts.stream().filter(receipt -> !receipt.store().equals(store)).toList(),
        more,
        manifest,
        signature,
        startedAt,
        endedAt);
  }
}
