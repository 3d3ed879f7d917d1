package holdfast.process;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a private cluster: {@code data}, {@code socket} and a lock that one process holds.
 */
final class ClusterFolder {

  /** The file that says where the socket is, where it is not inside. */
  static final String NOTE = "socket.path";

  private static final int LONGEST_SOCKET = 107;

  private final Path folder;
  private final @Nullable String user;
  private @Nullable FileChannel lock;
  private @Nullable Path socket;

  ClusterFolder(Path folder) throws IOException {
    this.folder = folder.toAbsolutePath().normalize();
    Files.createDirectories(this.folder);
    this.user = serverUser();
    own(this.folder);
  }

  /** Whom the server runs as: the owner of what is there, or the machine's choice. */
  private @Nullable String serverUser() throws IOException {
    String other = Processes.otherUser();
    if (other == null || !Files.isDirectory(data())) {
      return other;
    }
    String owner = Files.getOwner(data()).getName();
    return owner.equals("root") ? other : owner;
  }

  @Nullable String user() {
    return user;
  }

  Path path() {
    return folder;
  }

  Path data() {
    return folder.resolve("data");
  }

  /** A path inside the folder, as the server can reach it. */
  String seen(String child) {
    return Command.seen(folder, user) + "/" + child;
  }

  /** Makes a folder of the server's own, 0700. */
  void own(Path path) throws IOException {
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    if (user != null) {
      Files.setOwner(
          path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
    }
  }

  /** Holds the folder against every other process until {@link #release()}. */
  void hold() throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held = null;
    try {
      held = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this very process: as busy as by any other.
    }
    if (held == null) {
      channel.close();
      throw new RunException(
          Code.BUSY,
          folder.toString(),
          true,
          "The PostgreSQL server in %s is in use by another Holdfast process: stop that one first."
              .formatted(folder));
    }
    lock = channel;
  }

  void release() {
    try {
      if (lock != null) {
        lock.close();
      }
      if (socket != null && !socket.startsWith(folder)) {
        delete(socket);
      }
    } catch (IOException e) {
      // The lock ends with the process at the latest, and a socket folder left over is empty.
    }
  }

  /** Makes the folder of the socket: inside, or a short private one where that path is too long. */
  Path socket() throws IOException {
    Path note = folder.resolve(NOTE);
    if (Files.exists(note)) {
      delete(Path.of(Files.readString(note, StandardCharsets.UTF_8)));
      Files.delete(note);
    }
    Path inside = folder.resolve("socket");
    int length =
        (inside + "/.s.PGSQL." + PrivateCluster.PORT).getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_SOCKET) {
      socket = Files.createTempDirectory(Path.of("/tmp"), "holdfast-");
      Files.writeString(note, socket.toString(), StandardCharsets.UTF_8);
    } else {
      socket = inside;
    }
    own(socket);
    return socket;
  }

  /** The socket's folder as the server can reach it. */
  String socketSeen() {
    return socket != null && socket.startsWith(folder) ? seen("socket") : String.valueOf(socket);
  }

  /** Deletes a tree without following links; what is gone already is fine. */
  static void delete(Path tree) throws IOException {
    if (!Files.isDirectory(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
