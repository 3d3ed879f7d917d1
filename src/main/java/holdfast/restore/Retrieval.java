package holdfast.restore;

import holdfast.catalog.Documents;
import holdfast.catalog.Layout;
import holdfast.catalog.Manifest;
import holdfast.catalog.Point;
import holdfast.journal.Code;
import holdfast.journal.Pulse;
import holdfast.journal.RunException;
import holdfast.source.Sources;
import holdfast.source.Target;
import holdfast.store.Key;
import holdfast.store.Store;
import holdfast.store.Stores;
import holdfast.stream.Compressor;
import holdfast.stream.Digest;
import holdfast.stream.KeyRing;
import holdfast.stream.TallyInput;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Brings a copy's bytes back into an empty database. Nothing it returns is a success before length
 * and hash of the sealed and of the plain bytes were found to be what the signed manifest says.
 */
public final class Retrieval {

  private static final Set<Point.State> UNUSABLE =
      Set.of(Point.State.CORRUPT, Point.State.MISSING, Point.State.DELETED);

  /** Failures of a load behind which damaged bytes may hide. */
  private static final Set<Code> PERHAPS_BYTES =
      Set.of(
          Code.PROGRAM_FAILED,
          Code.TRUNCATED,
          Code.INTERNAL,
          Code.UNREACHABLE,
          Code.UNFIT_TOOL,
          Code.DENIED);

  private final Stores stores;
  private final KeyRing keys;
  private final Sources sources;
  private final Function<String, byte[]> signatures;

  /**
   * Retrieval from stores.
   *
   * @param signatures by a point's id, what was stored as the signature of its manifest
   */
  public Retrieval(
      Stores stores, KeyRing keys, Sources sources, Function<String, byte[]> signatures) {
    this.stores = stores;
    this.keys = keys;
    this.sources = sources;
    this.signatures = signatures;
  }

  /** Copies that may be read, in the order they are tried. */
  public static List<Point.Copy> usable(Point point) {
    List<Point.Copy> usable =
        point.copies().stream()
            .filter(copy -> !UNUSABLE.contains(copy.state()))
            .sorted((a, b) -> Boolean.compare(doubtful(a), doubtful(b)))
            .toList();
    if (usable.isEmpty()) {
      throw new RunException(
          Code.CORRUPT,
          point.id(),
          false,
          "Point %s has no copy left that may be read: use another point.".formatted(point.id()));
    }
    return usable;
  }

  private static boolean doubtful(Point.Copy copy) {
    return copy.state() == Point.State.SUSPECT || copy.state() == Point.State.EXPIRING;
  }

  /**
   * The manifest that rests beside a copy, once its signature was found to be ours and its content
   * to be the catalog's.
   */
  public Manifest manifest(Point point, Point.Copy copy) {
    try {
      return found(point, copy);
    } catch (RuntimeException e) {
      throw CopyTrouble.of(e, copy);
    }
  }

  private Manifest found(Point point, Point.Copy copy) {
    Store store = stores.named(copy.store());
    Key key = new Key(copy.key());
    byte[] document = Documents.read(store, Layout.beside(key, Layout.MANIFEST));
    byte[] signature = Documents.read(store, Layout.beside(key, signatureOfManifest()));
    keys.verify(document, signature);
    if (!Arrays.equals(signature, signatures.apply(point.id()))) {
      throw corrupt(copy, "its signature is not the one the catalog knows");
    }
    if (!Arrays.equals(document, point.manifest().getBytes(StandardCharsets.UTF_8))) {
      throw corrupt(copy, "its manifest is not the one the catalog knows");
    }
    Manifest manifest = Manifest.parse(document, point.id());
    if (!manifest.point().equals(point.id())
        || !manifest.asset().equals(point.asset().toString())
        || !key.path().endsWith("/" + manifest.data())) {
      throw corrupt(copy, "its manifest belongs to another point");
    }
    return manifest;
  }

  private static String signatureOfManifest() {
    return Layout.signature(Layout.MANIFEST);
  }

  private static RunException brokeOff(Store store, String key, IOException e) {
    return new RunException(
        Code.UNREACHABLE,
        store.name(),
        true,
        "Store %s broke off while %s was read: try again.".formatted(store.name(), key),
        e);
  }

  /**
   * Loads a copy.
   *
   * @return seconds from the first byte read to the last byte loaded
   * @throws RunException NO_KEY at once with the wrong key; CORRUPT or TRUNCATED for damaged bytes,
   *     after which the target holds rubbish and must be dropped; whatever {@link Sources#load}
   *     throws
   */
  public double load(Point.Copy copy, Manifest manifest, Target target, Pulse pulse) {
    long began = System.nanoTime();
    try (StoredInput stored = open(copy);
        TallyInput sealed = new TallyInput(stored)) {
      try {
        load(sealed, copy, manifest, target, pulse);
      } catch (IOException | RuntimeException e) { // a library tells of an interrupt as it likes
        pulse.check();
        RunException failure = blame(RunException.from(e, copy.store()), sealed, copy, manifest);
        throw CopyTrouble.orNot(failure, stored.broke());
      }
      pulse.check();
      return (System.nanoTime() - began) / 1e9;
    } catch (IOException e) {
      pulse.check();
      throw new CopyTrouble(brokeOff(stores.named(copy.store()), copy.key(), e));
    }
  }

  private StoredInput open(Point.Copy copy) {
    try {
      return new StoredInput(stores.named(copy.store()).open(new Key(copy.key())));
    } catch (RuntimeException e) {
      throw CopyTrouble.of(e, copy);
    }
  }

  private void load(
      TallyInput sealed, Point.Copy copy, Manifest manifest, Target target, Pulse pulse)
      throws IOException {
    long bytes = manifest.plain().bytes();
    try (TallyInput plain =
        new TallyInput(
            Compressor.expand(
                manifest.pipeline().compression(), keys.open(leftOpen(sealed)), bytes))) {
      pulse.moving("restore", plain::bytes, bytes);
      sources.load(plain, target, pulse::whenStopped);
      plain.transferTo(OutputStream.nullOutputStream());
      sealed.transferTo(OutputStream.nullOutputStream());
      agree(copy, "sealed", manifest.sealed(), sealed.digest());
      agree(copy, "plain", manifest.plain(), plain.digest());
    }
  }

  /** Closing the layers must not end the reading: who is to blame may need the rest. */
  private static InputStream leftOpen(InputStream sealed) {
    return new FilterInputStream(sealed) {
      @Override
      public void close() {}
    };
  }

  /** Bytes that are not the ones stored explain any failure better than the failure itself. */
  private RunException blame(
      RunException failure, TallyInput sealed, Point.Copy copy, Manifest manifest) {
    boolean storeAway =
        failure.code() == Code.UNREACHABLE && failure.subject().equals(copy.store());
    if (storeAway || !mayHideDamage(failure, manifest)) {
      return failure;
    }
    try {
      sealed.transferTo(OutputStream.nullOutputStream());
      agree(copy, "sealed", manifest.sealed(), sealed.digest());
      return failure;
    } catch (RunException damaged) {
      return damaged;
    } catch (IOException e) {
      return brokeOff(stores.named(copy.store()), copy.key(), e);
    }
  }

  /** Who has the key and cannot open it was given other bytes than those that were sealed to it. */
  private boolean mayHideDamage(RunException failure, Manifest manifest) {
    return failure.code() == Code.NO_KEY
        ? keys.opens(manifest.keys().recipients())
        : PERHAPS_BYTES.contains(failure.code());
  }

  private static void agree(Point.Copy copy, String what, Digest wanted, Digest got) {
    if (!wanted.equals(got)) {
      throw corrupt(
          copy,
          "its %s bytes are %d with SHA-256 %.12s… where the manifest says %d with %.12s…"
              .formatted(what, got.bytes(), got.sha256(), wanted.bytes(), wanted.sha256()));
    }
  }

  private static RunException corrupt(Point.Copy copy, String how) {
    return new RunException(
        Code.CORRUPT,
        copy.store(),
        false,
        "The copy in store %s at %s is damaged: %s; use another copy or point."
            .formatted(copy.store(), copy.key(), how));
  }
}
