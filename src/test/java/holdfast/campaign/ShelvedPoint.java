package holdfast.campaign;

import holdfast.catalog.Layout;
import holdfast.catalog.Manifest;
import holdfast.catalog.Point;
import holdfast.harness.HomeFolder;
import holdfast.harness.JournalNode;
import holdfast.journal.Code;
import holdfast.journal.Pulse;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.Pipeline;
import holdfast.restore.Retrieval;
import holdfast.source.Source;
import holdfast.source.Sources;
import holdfast.source.Target;
import holdfast.store.Key;
import holdfast.store.ShelfStores;
import holdfast.store.Store;
import holdfast.store.Stores;
import holdfast.stream.Chain;
import holdfast.stream.KeyRing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A point of exactly 64 KiB, sealed and signed as backups are, that rests in a folder and is read
 * back by the code that restores and proves. Only the loading into a database is left out: what
 * would be loaded is read to its end and thrown away.
 */
final class ShelvedPoint implements AutoCloseable {

  static final int BYTES = 64 << 10;

  /** How points are put into each other's places. */
  static final int SWAPS = 5;

  private static final AssetId ASSET = AssetId.parse("roleferry/database");
  private static final Pipeline PIPELINE =
      new Pipeline(Pipeline.Compression.ZSTD, 1, List.of("operations"));
  private static final Set<Code> DAMAGE = Set.of(Code.CORRUPT, Code.TRUNCATED);
  private static final Target NOWHERE =
      new Target("127.0.0.1", 1, "nobody", null, "disable", "nothing");

  private final KeyRing keys;
  private final Path shelf = Files.createTempDirectory("holdfast-shelf");
  private final Path data;
  private final Point point;
  private final Retrieval retrieval;
  private final Pulse pulse;
  private final byte[] sealed;
  private final byte[] manifest;
  private final byte[] signature;

  ShelvedPoint(KeyRing keys, JournalNode node) throws IOException {
    this.keys = keys;
    Run run = node.runs().begin(request(node));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Chain.Digests digests = sealTo(bytes);
    sealed = bytes.toByteArray();
    manifest = manifest(run, digests).json();
    signature = keys.sign(manifest);
    Stores stores = ShelfStores.in(shelf);
    Key key = Layout.folder(ASSET, run.id()).child("data.dump.zst.gpg");
    put(stores.named("shelf"), key);
    data = shelf.resolve(key.path());
    point = point(run, key, digests);
    retrieval = new Retrieval(stores, keys, new Drain(), id -> signature);
    pulse = Pulse.start(node.runs(), run, Duration.ofDays(1), () -> {});
  }

  private static Runs.Request request(JournalNode node) {
    String id = node.ids().next();
    return new Runs.Request(id, Run.Kind.VERIFY, ASSET, "cli", "tester", null, id);
  }

  /** Random bytes, as many as become 64 KiB when they are compressed and sealed. */
  private Chain.Digests sealTo(ByteArrayOutputStream sealed) throws IOException {
    byte[] plain = new byte[2 * BYTES];
    new SecureRandom().nextBytes(plain);
    int length = BYTES;
    for (int attempt = 0; attempt < 20; attempt++) {
      sealed.reset();
      Chain.Digests digests;
      try (Chain chain = Chain.to(sealed, PIPELINE, keys)) {
        chain.in().write(plain, 0, length);
        digests = chain.finish();
      }
      if (sealed.size() == BYTES) {
        return digests;
      }
      length -= sealed.size() - BYTES;
    }
    throw new IllegalStateException("No plain length is sealed to 64 KiB");
  }

  private Manifest manifest(Run run, Chain.Digests digests) {
    Instant now = InstantSource.system().instant();
    return new Manifest(
        Manifest.SCHEMA,
        run.id(),
        ASSET.toString(),
        List.of(),
        now,
        now,
        1,
        "data.dump.zst.gpg",
        "postgresql-custom",
        Map.of("serverVersion", "15.20"),
        new Manifest.Rows("none", Map.of(), Map.of()),
        PIPELINE,
        digests.plain(),
        digests.sealed(),
        new Manifest.Keys(keys.fingerprints(PIPELINE.recipients()), keys.signer()),
        Map.of("holdfast", "test"));
  }

  private void put(Store store, Key key) {
    Store.Attributes any = Store.Attributes.none("application/octet-stream");
    store.putIfAbsent(key, sealed, any);
    store.putIfAbsent(Layout.beside(key, Layout.MANIFEST), manifest, any);
    store.putIfAbsent(Layout.beside(key, Layout.signature(Layout.MANIFEST)), signature, any);
  }

  private Point point(Run run, Key key, Chain.Digests digests) {
    Instant now = InstantSource.system().instant();
    return new Point(
        run.id(),
        ASSET,
        Point.State.GOOD,
        now,
        now,
        digests.plain().bytes(),
        digests.plain().sha256(),
        digests.sealed().bytes(),
        digests.sealed().sha256(),
        new String(manifest, StandardCharsets.UTF_8),
        List.of(new Point.Copy("shelf", key.path(), Point.State.GOOD)),
        null);
  }

  /** Reads to the end, instead of loading. */
  private static final class Drain implements Sources {

    @Override
    public Source of(Asset asset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void load(InputStream dump, Target target, Consumer<Runnable> running)
        throws IOException {
      dump.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Whether the point comes back whole. */
  boolean isWhole() {
    return !isFound();
  }

  /** Whether the damage is found, and called damage. */
  private boolean isFound() {
    try {
      Point.Copy copy = point.copies().get(0);
      retrieval.load(copy, retrieval.manifest(point, copy), NOWHERE, pulse);
      return false;
    } catch (RuntimeException e) {
      Code code = RunException.from(e, "point").code();
      if (!DAMAGE.contains(code)) {
        throw new IllegalStateException("It is called " + code, e);
      }
      return true;
    }
  }

  private boolean isFound(Path file, byte[] changed, byte[] former) throws IOException {
    Files.write(file, changed);
    try {
      return isFound();
    } finally {
      Files.write(file, former);
    }
  }

  boolean isFlipFound(int bit) throws IOException {
    return isFound(data, flipped(sealed, bit), sealed);
  }

  /** Whether OpenPGP's own protection notices it, without lengths, hashes and signature. */
  boolean isFlipFoundByOpenPgp(int bit) throws IOException {
    try (InputStream plain = keys.open(new ByteArrayInputStream(flipped(sealed, bit)))) {
      plain.transferTo(OutputStream.nullOutputStream());
      return false;
    } catch (RunException noticed) {
      return true;
    }
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] changed = bytes.clone();
    changed[bit / 8] ^= (byte) (1 << bit % 8);
    return changed;
  }

  boolean isCutFound(int length) throws IOException {
    return isFound(data, Arrays.copyOf(sealed, length), sealed);
  }

  boolean isSwapFound(int a, int b, int length) throws IOException {
    byte[] changed = sealed.clone();
    System.arraycopy(sealed, a, changed, b, length);
    System.arraycopy(sealed, b, changed, a, length);
    return isFound(data, changed, sealed);
  }

  private Path manifestFile() {
    return data.resolveSibling(Layout.MANIFEST);
  }

  private Path signatureFile() {
    return data.resolveSibling(Layout.signature(Layout.MANIFEST));
  }

  /** How many bits of manifest and signature are flipped. */
  int documentBits(long runs) {
    return (int) Math.min(runs, (manifest.length + signature.length) * 8L);
  }

  /** How many of those are found; they are spread over both documents. */
  int documents(long runs) throws IOException {
    int all = (manifest.length + signature.length) * 8;
    int tried = documentBits(runs);
    int found = 0;
    for (int i = 0; i < tried; i++) {
      int bit = (int) ((long) i * all / tried);
      boolean first = bit < manifest.length * 8;
      found +=
          (first
                  ? isFound(manifestFile(), flipped(manifest, bit), manifest)
                  : isFound(
                      signatureFile(), flipped(signature, bit - manifest.length * 8), signature))
              ? 1
              : 0;
    }
    return found;
  }

  /** How many of the ways in which another point can be in this one's place are found. */
  int swappedWith(ShelvedPoint other) throws IOException {
    int found = 0;
    for (List<Boolean> parts :
        List.of(
            List.of(true, false, false),
            List.of(false, true, false),
            List.of(false, false, true),
            List.of(false, true, true),
            List.of(true, true, true))) {
      replace(parts, other.sealed, other.manifest, other.signature);
      try {
        found += isFound() ? 1 : 0;
      } finally {
        replace(parts, sealed, manifest, signature);
      }
    }
    return found;
  }

  private void replace(List<Boolean> parts, byte[] bytes, byte[] document, byte[] signed)
      throws IOException {
    if (parts.get(0)) {
      Files.write(data, bytes);
    }
    if (parts.get(1)) {
      Files.write(manifestFile(), document);
    }
    if (parts.get(2)) {
      Files.write(signatureFile(), signed);
    }
  }

  @Override
  public void close() throws IOException {
    pulse.close();
    HomeFolder.delete(shelf);
  }
}
