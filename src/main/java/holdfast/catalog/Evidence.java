package holdfast.catalog;

import holdfast.source.Source;
import holdfast.store.Store;
import holdfast.stream.Digest;
import java.time.Instant;
import java.util.List;

/**
 * What a transfer can show for itself; everything that makes a point GOOD, except the catalog row.
 *
 * @param manifest the exact bytes stored beside the data
 */
public record Evidence(
    String point,
    Source.Facts facts,
    Source.Evidence source,
    Digest plain,
    Digest sealed,
    List<Store.Receipt> receipts,
    byte[] manifest,
    byte[] signature,
    Instant startedAt,
    Instant endedAt) {}
