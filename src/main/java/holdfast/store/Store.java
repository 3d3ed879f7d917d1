package holdfast.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A place bytes rest. Every implementation passes {@code StoreContract}. Failures are RunExceptions
 * with one sentence that names the store; retryable ones were retried inside already.
 */
public interface Store {

  /** The name in the plan. */
  String name();

  /**
   * Begins an upload of unknown length. No reader sees {@code key} before {@link
   * Upload#complete()}.
   *
   * @param expectedBytes an estimate, for the part size; whatever it is, 5 TiB fit
   * @param patience with a store that cannot be reached on the way
   */
  Upload begin(Key key, long expectedBytes, Attributes attributes, Patience patience);

  /** An upload that fails as soon as a request has failed. */
  default Upload begin(Key key, long expectedBytes, Attributes attributes) {
    return begin(key, expectedBytes, attributes, Patience.none());
  }

  /** Writes a small document only if {@code key} is absent; false when it is there already. */
  boolean putIfAbsent(Key key, byte[] document, Attributes attributes);

  /**
   * Opens {@code key}; the caller closes. Absent keys throw UNREACHABLE with the key in the
   * sentence.
   */
  InputStream open(Key key);

  /** What the store itself says of {@code key}. */
  Optional<Head> head(Key key);

  /** Keys under {@code prefix} in ascending order, however many. */
  Stream<Entry> list(String prefix);

  /** Removes {@code key}; an absent key is a success. */
  void remove(Key key);

  /**
   * Replaces the tags of {@code key}; a store without tags does nothing. An absent key is a
   * success.
   */
  void tag(Key key, Map<String, String> tags);

  /**
   * Until when the store itself refuses to remove {@code key}; {@link Instant#MAX} for as long as a
   * legal hold of the store stands on it. Empty where nothing hinders, or the key is absent.
   */
  Optional<Instant> lockedUntil(Key key);

  /**
   * Ends uploads under {@code prefix} that were begun and never completed, by any process; the
   * caller knows that none of them is still running. Returns how many there were.
   */
  int abandon(String prefix);

  /** Findings-free probe: reachable, ours, writable. Throws with one sentence otherwise. */
  void probe();

  Traits traits();

  /**
   * Attributes at rest.
   *
   * @param tags such as {@code holdfast=data}
   */
  record Attributes(String contentType, Map<String, String> metadata, Map<String, String> tags) {

    /** Neither metadata nor tags. */
    public static Attributes none(String contentType) {
      return new Attributes(contentType, Map.of(), Map.of());
    }
  }

  /**
   * One object.
   *
   * @param checksum the composite or whole checksum that the store reports, with its algorithm;
   *     null when it reports none
   * @param etag opaque
   */
  record Head(
      long bytes,
      @Nullable String checksum,
      String etag,
      Instant modified,
      @Nullable String storageClass) {}

  /** One line of a listing. */
  record Entry(Key key, long bytes, Instant modified) {}

  /** What the store can do, declared and probed. */
  record Traits(boolean objectLock, boolean tags, boolean serverChecksums) {}

  /** An upload in motion. */
  interface Upload extends AutoCloseable {

    /** Where the bytes go; writing throws once the upload has failed. Closing it only flushes. */
    OutputStream sink();

    /**
     * Finishes: every part is there, the object exists, and HEAD agrees on length and checksum.
     *
     * @throws holdfast.journal.RunException CORRUPT when it does not agree; the object is removed
     */
    Receipt complete() throws IOException;

    /** Aborts unless completed, leaving nothing behind; idempotent, never throws. */
    @Override
    void close();
  }

  /** What an upload left. */
  record Receipt(String store, Key key, Head head, int parts, long partBytes) {}
}
