package holdfast.stream;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One zstd frame with a checksum; the work is done by native threads beside the writer. */
final class ZstdOutput extends Layer {

  /** More would only compete with the program that dumps. */
  private static final int WORKERS = Math.min(2, Runtime.getRuntime().availableProcessors());

  /** For a stream that nobody closed: native memory and threads must not outlive it. */
  private static final Cleaner CLEANER = Cleaner.create();

  private static final int BUFFER = 256 * 1024;

  private final OutputStream next;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
  private final byte[] carrier = new byte[BUFFER];
  private final Cleaner.Cleanable memory;
  private @Nullable ZstdCompressCtx context;

  ZstdOutput(int level, OutputStream next) {
    this(level, WORKERS, next);
  }

  ZstdOutput(int level, int workers, OutputStream next) {
    this.next = next;
    ZstdCompressCtx opened = new ZstdCompressCtx();
    opened.setLevel(level).setChecksum(true).setWorkers(workers);
    memory = CLEANER.register(this, opened::close);
    context = opened;
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      int count = Math.min(left, in.remaining());
      in.put(buffer, at, count);
      at += count;
      left -= count;
      if (!in.hasRemaining()) {
        compress(EndDirective.CONTINUE);
      }
    }
  }

  private void compress(EndDirective directive) throws IOException {
    ZstdCompressCtx open = context;
    if (open == null) {
      throw new IOException("The compressor is closed.");
    }
    in.flip();
    boolean done = false;
    while (in.hasRemaining() || !done) {
      done = open.compressDirectByteBufferStream(out, in, directive);
      drain();
      if (directive == EndDirective.CONTINUE) {
        done = true;
      }
    }
    in.clear();
  }

  private void drain() throws IOException {
    int count = out.flip().remaining();
    out.get(carrier, 0, count).clear();
    if (count > 0) {
      next.write(carrier, 0, count);
    }
  }

  @Override
  public void close() throws IOException {
    if (context != null) {
      try {
        compress(EndDirective.END);
      } finally {
        abandon();
      }
      next.close();
    }
  }

  @Override
  void abandon() {
    if (context != null) {
      context = null;
      memory.clean();
    }
  }
}
