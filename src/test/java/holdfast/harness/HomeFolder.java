package holdfast.harness;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A home of Holdfast for a demo or a bench.
 *
 * @param folder holds application.yml, routes/, systems/ and keys/
 */
public record HomeFolder(Path folder) {

  /** An empty home; a folder that neither is empty nor carries {@code mark} is refused. */
  public static HomeFolder fresh(Path folder, String mark) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> there = Files.list(folder)) {
      if (there.findAny().isPresent() && !Files.exists(folder.resolve(mark))) {
        throw new IOException(folder + " is not empty and none of ours: name another --dir.");
      }
    }
    delete(folder);
    Files.createDirectories(folder);
    Files.createFile(folder.resolve(mark));
    return new HomeFolder(folder);
  }

  /** Deletes a folder with all that is in it. */
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> old = Files.walk(folder)) {
      for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Copies a folder of the working directory to the same place here. */
  public void copy(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.toList()) {
        Path to = folder.resolve(file.toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
  }

  public void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Writes a file that only its owner can read. */
  public void secret(String name, String value) throws IOException {
    Path file = folder.resolve(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, value);
  }

  /** Makes the keys by the command that users type. */
  public void keys() throws IOException, InterruptedException {
    Path log = folder.resolve("keys.log");
    Process keys =
        new ProcessBuilder(
                List.of(Path.of("bin/holdfast").toAbsolutePath().toString(), "key", "new"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .directory(folder.toFile())
            .start();
    if (keys.waitFor() != 0) {
      throw new IOException("No keys: see " + log);
    }
  }

  /** {@code wanted}, or any free port where somebody listens there. */
  public static int freePort(int wanted) throws IOException {
    try (ServerSocket socket = new ServerSocket(wanted)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      try (ServerSocket socket = new ServerSocket(0)) {
        return socket.getLocalPort();
      }
    }
  }
}
