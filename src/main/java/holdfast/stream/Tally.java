package holdfast.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts and hashes what passes through to {@code next}. */
public final class Tally extends OutputStream {

  private final OutputStream next;
  private final MessageDigest hash = Hashes.sha256();
  private final AtomicLong bytes = new AtomicLong();
  private final byte[] one = new byte[1];
  private @Nullable Digest digest;

  public Tally(OutputStream next) {
    this.next = next;
  }

  @Override
  public void write(int b) throws IOException {
    one[0] = (byte) b;
    write(one, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    next.write(buffer, offset, length);
    hash.update(buffer, offset, length);
    bytes.lazySet(bytes.get() + length);
  }

  @Override
  public void flush() throws IOException {
    next.flush();
  }

  /** Bytes so far; may be read from any thread. */
  public long bytes() {
    return bytes.get();
  }

  /** Length and hash; nothing may be written afterwards. */
  public Digest digest() {
    if (digest == null) {
      digest = new Digest(bytes(), HexFormat.of().formatHex(hash.digest()));
    }
    return digest;
  }

  @Override
  public void close() throws IOException {
    next.close();
  }
}
