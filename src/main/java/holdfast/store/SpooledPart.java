package holdfast.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A part too large for memory, in a file that only this process can reach: it has no name once it
 * is open. What uploads carry is sealed already.
 */
final class SpooledPart implements Part {

  private static final int SLICE = 128 << 10;

  private final FileChannel file;
  private final CRC32 crc = new CRC32();
  private long length;

  SpooledPart(Path folder) throws IOException {
    Files.createDirectories(folder);
    this.file =
        FileChannel.open(
            folder.resolve("part-" + UUID.randomUUID()),
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    for (int at = offset; at < offset + length; at += SLICE) {
      ByteBuffer slice = ByteBuffer.wrap(from, at, Math.min(SLICE, offset + length - at));
      while (slice.hasRemaining()) {
        this.length += file.write(slice, this.length);
      }
    }
    crc.update(from, offset, length);
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
    return new Reader();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void drop() {
    close();
  }

  private final class Reader extends InputStream {

    private long at;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte @Nullable [] into, int offset, int wanted) throws IOException {
      Objects.requireNonNull(into);
      int slice = (int) Math.min(Math.min(wanted, SLICE), length - at);
      if (slice <= 0) {
        return -1;
      }
      int given = file.read(ByteBuffer.wrap(into, offset, slice), at);
      at += Math.max(given, 0);
      return given;
    }
  }
}
