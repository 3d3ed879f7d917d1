package holdfast.store;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** A part in memory, in chunks that the next part uses again. */
final class MemoryPart implements Part {

  private static final int CHUNK = Chunks.BYTES;

  private final Chunks spare;
  private final List<byte[]> chunks = new ArrayList<>();
  private final CRC32 crc = new CRC32();
  private long length;

  MemoryPart(Chunks spare) {
    this.spare = spare;
  }

  /** The checksum is of what was written, so bytes that change afterwards are noticed. */
  @Override
  public void write(byte[] from, int offset, int length) {
    crc.update(from, offset, length);
    int at = offset;
    int left = length;
    while (left > 0) {
      int used = (int) (this.length % CHUNK);
      byte[] chunk = used == 0 ? next() : chunks.get(chunks.size() - 1);
      int taken = Math.min(left, CHUNK - used);
      System.arraycopy(from, at, chunk, used, taken);
      this.length += taken;
      at += taken;
      left -= taken;
    }
  }

  private byte[] next() {
    byte[] chunk = spare.take();
    chunks.add(chunk);
    return chunk;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public int checksum() {
    return (int) crc.getValue();
  }

  @Override
  public InputStream open() {
    return new Reading();
  }

  @Override
  public void close() {
    chunks.forEach(spare::giveBack);
    chunks.clear();
    length = 0;
  }

  @Override
  public void drop() {
    // the arrays go to the collector, once the writer has let go of them
  }

  private final class Reading extends InputStream {

    private long at;
    private long marked;

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte @Nullable [] into, int offset, int wanted) {
      Objects.requireNonNull(into);
      if (at >= length) {
        return -1;
      }
      int used = (int) (at % CHUNK);
      int given = (int) Math.min(Math.min(wanted, CHUNK - used), length - at);
      System.arraycopy(chunks.get((int) (at / CHUNK)), used, into, offset, given);
      at += given;
      return given;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, length - at);
    }

    @Override
    public boolean markSupported() {
      return true;
    }

    @Override
    public synchronized void mark(int limit) {
      marked = at;
    }

    @Override
    public synchronized void reset() {
      at = marked;
    }
  }
}
