package holdfast.custody;

import holdfast.catalog.Manifest;
import holdfast.catalog.Point;
import holdfast.custody.Drill.Outcome;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.Asset;
import holdfast.restore.Retrieval;
import holdfast.source.Source;
import holdfast.source.Sources;
import holdfast.source.Target;
import holdfast.store.Key;
import holdfast.store.Stores;
import holdfast.stream.Compressor;
import holdfast.stream.Digest;
import holdfast.stream.KeyRing;
import holdfast.stream.TallyInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens the whole of a point with one key: every byte is fetched, opened, expanded and compared
 * with the signed manifest, and none of it is kept.
 */
final class Opening {

  /** What speaks against the key or the bytes; anything else says nothing of either. */
  private static final Set<Code> FAILURES = Set.of(Code.NO_KEY, Code.CORRUPT, Code.TRUNCATED);

  private final Stores stores;
  private final Retrieval retrieval;

  Opening(Stores stores, KeyRing keys, Function<String, byte[]> signatures) {
    this.stores = stores;
    this.retrieval = new Retrieval(stores, keys, new Nowhere(), signatures);
  }

  /** A drill loads nothing into anything. */
  private static final class Nowhere implements Sources {

    @Override
    public Source of(Asset asset) {
      throw new IllegalStateException("a drill reads no source");
    }

    @Override
    public void load(InputStream dump, Target target, Consumer<Runnable> running) {
      throw new IllegalStateException("a drill loads nothing");
    }
  }

  /**
   * What came of it.
   *
   * @param store whose copy it was; absent where the point has none that may be read
   */
  record Result(@Nullable String store, Outcome outcome, String reason, long bytes) {}

  /**
   * Tries one copy after the other; a key that is the wrong one for the first is so for all.
   *
   * @param keys of which only the one that is tried opens
   */
  Result open(Point point, KeyRing keys) {
    @Nullable Result first = null;
    try {
      for (Point.Copy copy : Retrieval.usable(point)) {
        Result result = open(point, copy, keys);
        if (result.outcome() == Outcome.PASS) {
          return result;
        }
        first = first == null || graver(result, first) ? result : first;
      }
    } catch (RunException none) {
      return new Result(null, Outcome.FAIL, none.getMessage(), 0);
    }
    return first == null ? new Result(null, Outcome.FAIL, "It has no copy.", 0) : first;
  }

  private static boolean graver(Result one, Result other) {
    return one.outcome() == Outcome.FAIL && other.outcome() != Outcome.FAIL;
  }

  private Result open(Point point, Point.Copy copy, KeyRing keys) {
    try {
      Manifest manifest = retrieval.manifest(point, copy);
      return read(copy, manifest, keys);
    } catch (IOException | RuntimeException e) {
      RunException failure = RunException.from(e, copy.store());
      Outcome outcome = FAILURES.contains(failure.code()) ? Outcome.FAIL : Outcome.COULD_NOT_DRILL;
      return new Result(copy.store(), outcome, failure.getMessage(), 0);
    }
  }

  private Result read(Point.Copy copy, Manifest manifest, KeyRing keys) throws IOException {
    long limit = manifest.plain().bytes();
    try (TallyInput sealed = new TallyInput(stores.named(copy.store()).open(new Key(copy.key())));
        TallyInput plain =
            new TallyInput(
                Compressor.expand(manifest.pipeline().compression(), keys.open(sealed), limit))) {
      plain.transferTo(OutputStream.nullOutputStream());
      sealed.transferTo(OutputStream.nullOutputStream());
      String wrong =
          difference("sealed", manifest.sealed(), sealed.digest())
              + difference("plain", manifest.plain(), plain.digest());
      return new Result(
          copy.store(), wrong.isEmpty() ? Outcome.PASS : Outcome.FAIL, wrong, plain.bytes());
    }
  }

  private static String difference(String what, Digest wanted, Digest got) {
    return wanted.equals(got)
        ? ""
        : "Its %s bytes are %d where the manifest says %d, or another SHA-256. "
            .formatted(what, got.bytes(), wanted.bytes());
  }
}
