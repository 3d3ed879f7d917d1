package holdfast;

import holdfast.process.PostgresTools;
import holdfast.process.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** PostgreSQL's programs, which misbehave on demand: each wrapper runs what a file tells it. */
final class Programs {

  private final Path folder;

  Programs() {
    try {
      folder = Files.createTempDirectory("holdfast-programs");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      wrap("pg_dump");
      wrap("pg_restore");
      behave();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void wrap(String name) throws IOException {
    Path real = PostgresTools.find(new Processes()).program(name);
    Path script = folder.resolve(name);
    Files.writeString(
        script,
        """
        #!/bin/bash
        export PATH=/usr/bin:/bin REAL=%s PSQL=%s
        if [ "$1" = --version ]; then cat %s 2>/dev/null || exec $REAL --version; exit; fi
        . %s
        """
            .formatted(
                real,
                real.resolveSibling("psql"),
                folder.resolve(name + ".version"),
                folder.resolve(name + ".does")));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  String argument() {
    return "--holdfast.programs=" + folder;
  }

  /** Both are true again. */
  void behave() {
    dump("exec $REAL \"$@\"");
    restore("exec $REAL \"$@\"");
  }

  void dump(String script) {
    does("pg_dump", script);
  }

  void restore(String script) {
    does("pg_restore", script);
  }

  /** pg_dump says that it is of another version. */
  void dumpVersion(String version) {
    write("pg_dump.version", "pg_dump (PostgreSQL) " + version);
  }

  private void does(String name, String script) {
    write(name + ".does", script);
  }

  private void write(String file, String text) {
    try {
      Files.writeString(folder.resolve(file), text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
