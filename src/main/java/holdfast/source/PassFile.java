package holdfast.source;

import holdfast.plan.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A password file of libpq's: 0600 in a 0700 folder of its own, in memory where the machine has a
 * folder for that, gone when closed.
 */
final class PassFile implements AutoCloseable {

  private static final String PREFIX = "holdfast-pass-";
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path file;

  private PassFile(Path file) {
    this.file = file;
  }

  /** A file that answers every server with this password. */
  static PassFile of(Secret password) throws IOException {
    String escaped = password.reveal().replace("\\", "\\\\").replace(":", "\\:");
    Path file = fresh();
    Files.writeString(file, "*:*:*:*:" + escaped + "\n", StandardCharsets.UTF_8);
    return new PassFile(file);
  }

  /** A copy that belongs to another user; null = to us. */
  static PassFile copy(Path original, @Nullable String user) throws IOException {
    Path file = fresh();
    Files.copy(original, file, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    if (user != null) {
      var owner = file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
      Files.setOwner(file, owner);
      Files.setOwner(file.getParent(), owner);
    }
    return new PassFile(file);
  }

  private static Path fresh() throws IOException {
    Path folder = Files.createTempDirectory(parent(), PREFIX + ProcessHandle.current().pid() + "-");
    return Files.createFile(folder.resolve("pgpass"), PRIVATE);
  }

  private static Path parent() {
    Path memory = Path.of("/dev/shm");
    return Files.isDirectory(memory) && Files.isWritable(memory)
        ? memory
        : Path.of(System.getProperty("java.io.tmpdir"));
  }

  Path path() {
    return file;
  }

  @Override
  public void close() {
    remove(file.getParent());
  }

  private static void remove(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve("pgpass"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // Not ours to delete any more; nobody but its owner can read it.
    }
  }

  /** Removes the files of processes that were killed before they could. */
  static void sweep() {
    try (Stream<Path> folders = Files.list(parent())) {
      List<Path> dead = folders.filter(PassFile::orphaned).toList();
      dead.forEach(PassFile::remove);
    } catch (IOException e) {
      // Nothing to list, nothing to remove.
    }
  }

  private static boolean orphaned(Path folder) {
    String name = folder.getFileName().toString();
    if (!name.matches(PREFIX + "\\d{1,9}-.*")) {
      return false;
    }
    String pid = name.substring(PREFIX.length(), name.indexOf('-', PREFIX.length()));
    return ProcessHandle.of(Long.parseLong(pid)).isEmpty();
  }
}
