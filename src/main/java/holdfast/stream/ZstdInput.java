package holdfast.stream;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Expands exactly one zstd frame. The frame's own end mark decides where the end is, so a cut at a
 * block boundary is seen as well.
 */
final class ZstdInput extends InputStream {

  private static final int BUFFER = 256 * 1024;

  private final InputStream source;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).limit(0);
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER).limit(0);
  private final byte[] carrier = new byte[BUFFER];
  private final byte[] one = new byte[1];
  private @Nullable ZstdDecompressCtx context = new ZstdDecompressCtx();
  private boolean frameEnded;

  ZstdInput(InputStream source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    while (!out.hasRemaining()) {
      if (frameEnded) {
        return -1;
      }
      expand();
    }
    int count = Math.min(length, out.remaining());
    out.get(buffer, offset, count);
    return count;
  }

  private void expand() throws IOException {
    ZstdDecompressCtx open = context;
    if (open == null) {
      throw new IOException("The expander is closed.");
    }
    if (!in.hasRemaining() && !refill()) {
      drainOrFail(open);
      return;
    }
    step(open);
  }

  /** Output may be left inside the context although all input was taken. */
  private void drainOrFail(ZstdDecompressCtx open) throws IOException {
    step(open);
    if (!out.hasRemaining() && !frameEnded) {
      throw Damage.truncated(Damage.COMPRESSED);
    }
  }

  private void step(ZstdDecompressCtx open) throws IOException {
    out.clear();
    try {
      frameEnded = open.decompressDirectByteBufferStream(out, in);
    } catch (ZstdException e) {
      throw Damage.corrupt(Damage.COMPRESSED, "zstd says '" + e.getMessage() + "'", e);
    }
    out.flip();
    if (frameEnded) {
      requireNothingMore();
    }
  }

  private void requireNothingMore() throws IOException {
    if (in.hasRemaining() || refill()) {
      throw Damage.corrupt(Damage.COMPRESSED, "something follows its end");
    }
  }

  private boolean refill() throws IOException {
    int count = source.read(carrier, 0, carrier.length);
    if (count <= 0) {
      return false;
    }
    in.clear().put(carrier, 0, count).flip();
    return true;
  }

  @Override
  public void close() throws IOException {
    if (context != null) {
      context.close();
      context = null;
    }
    source.close();
  }
}
