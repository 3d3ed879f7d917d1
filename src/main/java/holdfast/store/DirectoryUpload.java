package holdfast.store;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** A file that gets its name only when it is whole, on disk, and reads back as it was written. */
final class DirectoryUpload implements Store.Upload {

  private static final System.Logger LOG = System.getLogger(DirectoryUpload.class.getName());
  private static final int SLICE = 128 << 10;

  /** Of another process, one that was begun this moment may not have its lock yet. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  /** Those of this process; opening them once more would give up their locks. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final DirectoryStore store;
  private final Key key;
  private final Path temporary;
  private final FileChannel file;
  private final CRC32 crc = new CRC32();
  private final OutputStream sink;
  private long written;
  private boolean ended;

  DirectoryUpload(DirectoryStore store, Key key) throws IOException {
    this.store = store;
    this.key = key;
    this.temporary =
        store.uploads().toRealPath().resolve(flat(key.path()) + "." + UUID.randomUUID());
    OWN.add(temporary);
    this.file =
        FileChannel.open(
            temporary,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    this.sink = new Sink(Channels.newOutputStream(file));
    lock(file);
    clearDead();
  }

  /** Held until this process ends or the upload does; the system gives it back in either case. */
  @SuppressWarnings("resource")
  private static boolean lock(FileChannel file) {
    try {
      return file.tryLock() != null;
    } catch (IOException | OverlappingFileLockException unsupported) {
      return false;
    }
  }

  /** Removes what processes that are gone left; what cannot be locked has an owner, or may have. */
  private void clearDead() throws IOException {
    Instant old = Files.getLastModifiedTime(temporary).toInstant().minus(FRESH);
    try (Stream<Path> files = Files.list(temporary.getParent())) {
      for (Path left : files.filter(file -> !OWN.contains(file)).toList()) {
        clearIfDead(left, old);
      }
    }
  }

  private static void clearIfDead(Path left, Instant old) {
    try (FileChannel file =
        FileChannel.open(left, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.getLastModifiedTime(left).toInstant().isBefore(old) && lock(file)) {
        Files.deleteIfExists(left);
      }
    } catch (IOException gone) {
      LOG.log(System.Logger.Level.DEBUG, "{0} was not cleared: {1}", left, gone);
    }
  }

  /** Whether the unfinished {@code file} was meant for a key that begins with {@code prefix}. */
  static boolean isOf(Path file, String prefix) {
    return file.getFileName().toString().startsWith(flat(prefix));
  }

  private static String flat(String path) {
    String whole = path.replace("/", "~");
    return whole.substring(0, Math.min(whole.length(), 200));
  }

  @Override
  public OutputStream sink() {
    return sink;
  }

  @Override
  public Store.Receipt complete() throws IOException {
    if (ended) {
      throw new IllegalStateException("the upload of " + key + " has ended");
    }
    try {
      file.force(true);
      readBack();
      Path place = store.placeToWrite(key);
      Files.createLink(place, temporary);
      force(place.getParent());
      String checksum = "crc32:" + Checksums.encoded((int) crc.getValue());
      return new Store.Receipt(store.name(), key, DirectoryStore.head(place, checksum), 1, written);
    } catch (FileAlreadyExistsException e) {
      throw new RunException(
          Code.REFUSED,
          store.name(),
          false,
          "Store '%s': %s exists already and is kept as it is.".formatted(store.name(), key),
          e);
    } catch (IOException e) {
      throw store.failure("write " + key, e);
    } finally {
      close();
    }
  }

  private void readBack() throws IOException {
    CRC32 read = new CRC32();
    ByteBuffer slice = ByteBuffer.allocate(SLICE);
    long at = 0;
    for (int given = file.read(slice, at); given >= 0; given = file.read(slice, at)) {
      at += given;
      read.update(slice.flip());
      slice.clear();
    }
    if (at != written || read.getValue() != crc.getValue()) {
      throw new RunException(
          Code.CORRUPT,
          store.name(),
          true,
          "Store '%s': %s does not read back as it was written; check the disk, then run again."
              .formatted(store.name(), key));
    }
  }

  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      Files.deleteIfExists(temporary);
      file.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "{0} could not be removed", temporary);
    } finally {
      OWN.remove(temporary);
    }
  }

  /** Puts a folder's entries on disk. */
  static void force(Path folder) throws IOException {
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  private final class Sink extends OutputStream {

    private final OutputStream out;

    Sink(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      for (int at = offset; at < offset + length; at += SLICE) {
        out.write(from, at, Math.min(SLICE, offset + length - at));
      }
      crc.update(from, offset, length);
      written += length;
    }
  }
}
