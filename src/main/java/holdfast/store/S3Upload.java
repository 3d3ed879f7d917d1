package holdfast.store;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * One object in parts. The writer fills a part while others travel; a part stays at hand until the
 * store has it. Nothing is visible before {@link #complete()}, and whatever goes wrong, with any
 * throwable, the upload is aborted.
 */
final class S3Upload implements Store.Upload {

  private static final System.Logger LOG = System.getLogger(S3Upload.class.getName());

  /** How often one part may arrive changed. */
  private static final int CHANGED_PARTS = 3;

  private final S3Store store;
  private final Key key;
  private final Store.Attributes attributes;
  private final PartSizes sizes;
  private final PartsInFlight parts;
  private final Patience patience;
  private final String nonce = UUID.randomUUID().toString();
  private final OutputStream sink = new Sink();

  private @Nullable Part current;
  private int begun;
  private long total;
  private boolean asked;
  private @Nullable String uploadId;
  private volatile boolean ended;

  S3Upload(
      S3Store store,
      Key key,
      Store.Attributes attributes,
      PartSizes sizes,
      S3Settings settings,
      Patience patience) {
    this.store = store;
    this.key = key;
    this.attributes = attributes;
    this.sizes = sizes;
    this.parts = new PartsInFlight(store.name(), settings);
    this.patience = patience;
  }

  @Override
  public OutputStream sink() {
    return sink;
  }

  @Override
  public Store.Receipt complete() {
    if (ended) {
      throw new IllegalStateException("the upload of " + key + " has ended");
    }
    try {
      HeadObjectResponse found = uploadId == null ? putWhole() : putParts(uploadId);
      ended = true;
      return new Store.Receipt(
          store.name(), key, S3Store.head(found), Math.max(1, begun), sizes.base());
    } catch (RuntimeException e) {
      throw store.failures().of("write " + key, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException(
          Code.CANCELLED, store.name(), false, "The upload of " + key + " was interrupted.", e);
    } finally {
      close();
    }
  }

  private HeadObjectResponse putWhole() throws InterruptedException {
    Part whole = current == null ? parts.begin(0) : current;
    current = null;
    String crc = Checksums.encoded(whole.checksum());
    try (whole) {
      patiently(() -> put(whole));
    }
    return patiently(() -> S3Calls.verified(store, key, nonce, total, crc, null));
  }

  /** Whose object is there already is found out by looking at it. */
  private boolean put(Part whole) {
    try {
      S3Calls.put(store, key, attributes, nonce, whole);
      return true;
    } catch (S3Exception e) {
      if (!S3Failures.taken(e)) {
        throw e;
      }
      return false;
    }
  }

  private <T> T patiently(Supplier<T> request) {
    return patience.ask(request, thrown -> store.failures().of("write " + key, thrown));
  }

  private HeadObjectResponse putParts(String id) throws InterruptedException {
    if (current != null) {
      send(current);
      current = null;
    }
    List<SentPart> sent = parts.all();
    List<Integer> crcs = new ArrayList<>();
    List<String> etags = new ArrayList<>();
    for (SentPart part : sent) {
      crcs.add(part.crc());
      etags.add(part.etag());
    }
    String composite = Checksums.composite(crcs);
    HeadObjectResponse found = patiently(() -> together(id, sent, composite, etags));
    endOthers();
    return found;
  }

  private HeadObjectResponse together(
      String id, List<SentPart> sent, String composite, List<String> etags) {
    try {
      S3Calls.complete(store, key, id, sent, total);
    } catch (SdkException lostOrRefused) {
      return adopted(composite, etags, lostOrRefused);
    }
    return S3Calls.verified(store, key, nonce, total, composite, etags);
  }

  /** A beginning whose answer was lost was asked for again, and left an upload without an end. */
  private void endOthers() {
    try {
      store.abandon(key.path());
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Store ''{0}'': other uploads of {1} were not looked for: {2}",
          store.name(),
          key,
          e.getMessage());
    }
  }

  /** A lost answer is no failure: the object is ours if it carries our mark and our bytes. */
  private HeadObjectResponse adopted(
      String composite, List<String> etags, SdkException lostOrRefused) {
    try {
      if (store.found(key).isPresent()) {
        return S3Calls.verified(store, key, nonce, total, composite, etags);
      }
    } catch (SdkException e) {
      lostOrRefused.addSuppressed(e);
    }
    throw lostOrRefused;
  }

  private void send(Part part) {
    if (uploadId == null) {
      uploadId = begin();
    }
    String id = uploadId;
    int number = begun;
    parts.send(part, () -> patiently(() -> arrived(id, number, part)));
  }

  /** A part that arrived changed is sent again, as it is still at hand. */
  private SentPart arrived(String id, int number, Part part) {
    for (int again = 1; ; again++) {
      try {
        return S3Calls.part(store, key, id, number, part);
      } catch (RunException changed) {
        if (changed.code() != Code.CORRUPT || again == CHANGED_PARTS) {
          throw changed;
        }
      }
    }
  }

  private String begin() {
    asked = true;
    return patiently(
        () -> {
          try {
            return S3Calls.begin(store, key, attributes, nonce);
          } catch (S3Exception e) {
            asked = e.statusCode() >= 500;
            throw e;
          }
        });
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    boolean abort = !ended && asked;
    if (!ended) {
      patience.end();
    }
    ended = true;
    try {
      boolean quiet = parts.stop();
      if (current != null) {
        current.drop();
        current = null;
      }
      if (abort) {
        abort();
      }
      if (abort && !quiet) {
        parts.whenEnded(this::abort); // a part that was on its way may have arrived after the abort
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void abort() {
    try {
      S3Calls.abort(store, key, uploadId);
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Store ''{0}'': the upload of {1} could not be aborted; it ends by the bucket''s rule",
          store.name(),
          key);
    }
  }

  private final class Sink extends OutputStream {

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      if (ended) {
        throw new IOException("the upload of " + key + " has ended");
      }
      int at = offset;
      int left = length;
      while (left > 0) {
        Part part = current == null ? next() : current;
        int taken = (int) Math.min(left, sizes.ofPart(begun) - part.length());
        part.write(from, at, taken);
        total += taken;
        at += taken;
        left -= taken;
        if (part.length() == sizes.ofPart(begun)) {
          handOver(part);
        }
      }
    }

    private Part next() throws IOException {
      begun++;
      try {
        current = parts.begin(sizes.ofPart(begun));
        return current;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for " + store.name(), e);
      } catch (RuntimeException e) {
        throw store.failures().of("write " + key, e);
      }
    }

    private void handOver(Part part) {
      current = null;
      try {
        send(part);
      } catch (RuntimeException e) {
        part.close();
        throw store.failures().of("write " + key, e);
      }
    }
  }
}
