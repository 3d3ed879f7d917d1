package holdfast.stream;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts and hashes what is read through it. */
public final class TallyInput extends InputStream {

  private final InputStream source;
  private final MessageDigest hash = Hashes.sha256();
  private final AtomicLong bytes = new AtomicLong();
  private final byte[] one = new byte[1];
  private volatile boolean ended;
  private @Nullable Digest digest;

  public TallyInput(InputStream source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = source.read(buffer, offset, length);
    if (count < 0) {
      ended = true;
    } else {
      hash.update(buffer, offset, count);
      bytes.lazySet(bytes.get() + count);
    }
    return count;
  }

  @Override
  public int available() throws IOException {
    return source.available();
  }

  /** Bytes so far; may be read from any thread. */
  public long bytes() {
    return bytes.get();
  }

  /** Whether the end of the source was seen. */
  public boolean ended() {
    return ended;
  }

  /** Length and hash of what was read; nothing may be read afterwards. */
  public Digest digest() {
    if (digest == null) {
      digest = new Digest(bytes(), HexFormat.of().formatHex(hash.digest()));
    }
    return digest;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
