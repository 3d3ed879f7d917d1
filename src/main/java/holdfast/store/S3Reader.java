package holdfast.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object's bytes. Where the connection breaks, the rest of the very same object is asked for on
 * a new one, so that hours of a restore are not lost to a second of the network. Closing early
 * drops the connection instead of reading what is left.
 */
final class S3Reader extends InputStream {

  private static final System.Logger LOG = System.getLogger(S3Reader.class.getName());

  /** Connections that broke in a row without bringing a single byte. */
  private static final int FRUITLESS = 5;

  private final S3Store store;
  private final Key key;
  private final String etag;
  private final long length;

  private ResponseInputStream<GetObjectResponse> response;
  private long position;
  private int fruitless;
  private @Nullable RuntimeException failure;
  private volatile boolean closed;

  S3Reader(S3Store store, Key key) {
    this.store = store;
    this.key = key;
    response = store.get(key, 0, null);
    etag = response.response().eTag();
    length = response.response().contentLength();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int wanted) throws IOException {
    if (wanted == 0) {
      return 0;
    }
    while (position < length) {
      try {
        int given = response.read(into, offset, wanted);
        if (given > 0) {
          position += given;
          fruitless = 0;
          return given;
        }
        broken(new IOException("the connection ended early"));
      } catch (IOException e) {
        broken(e);
      }
    }
    return -1;
  }

  private void broken(IOException e) throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (closed || e instanceof InterruptedIOException && Thread.currentThread().isInterrupted()) {
      throw e;
    }
    response.abort();
    LOG.log(
        System.Logger.Level.WARNING,
        "Store ''{0}'' broke off at byte {1} of {2} of {3} ({4}); going on from there",
        store.name(),
        position,
        length,
        key,
        e.toString());
    try {
      if (++fruitless > FRUITLESS) {
        throw store.failures().brokeOff(key, position, length, e);
      }
      response = store.get(key, position, etag);
      requireSameObject();
    } catch (AbortedException interrupted) {
      throw interrupted;
    } catch (RuntimeException lasting) {
      failure = store.failures().ofReading(key, lasting);
      throw failure;
    }
  }

  /** Not every server heeds the condition, or the range. */
  private void requireSameObject() {
    GetObjectResponse answer = response.response();
    if (!etag.equals(answer.eTag())) {
      throw store.failures().replaced(key, null);
    }
    if (answer.contentLength() != length - position) {
      throw store.failures().brokeOff(key, position, length, null);
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    if (position < length) {
      response.abort();
    }
    response.close();
  }
}
