package holdfast.source;

import holdfast.process.Command;
import holdfast.process.PostgresTools;
import holdfast.process.Processes;
import holdfast.process.Running;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Loads one dump with pg_restore, in one transaction: half a dump never becomes half a database,
 * and a server that keeps little WAL can skip it for tables born in that transaction.
 *
 * <p>pg_restore runs without our privileges where we have any to give up, since a crafted dump
 * could make it run code.
 */
final class Load {

  private static final int CONNECT_SECONDS = 10;
  private static final int BUFFER = 1 << 20;

  private final Processes processes;
  private final PostgresTools programs;
  private final SourceSettings settings;

  Load(Processes processes, PostgresTools programs, SourceSettings settings) {
    this.processes = processes;
    this.programs = programs;
    this.settings = settings;
  }

  void run(InputStream dump, Target target, Consumer<Runnable> running) throws IOException {
    Names.require(target);
    Path socketFolder = target.host().startsWith("/") ? Path.of(target.host()) : null;
    String user = user(socketFolder);
    try (Secret secret = new Secret(target.password(), user);
        Running program = processes.start(command(target, socketFolder, user, secret.path()))) {
      running.accept(program::killIfAlive);
      CustomFormat format = new CustomFormat();
      boolean taken = feed(dump, program.stdin(), format);
      Running.Exit exit = await(program);
      if (!exit.ok()) {
        throw RestoreTrouble.of(exit, target, programs.version("pg_restore").major());
      }
      if (!taken) {
        throw Archive.corrupt("pg_restore stopped reading it at byte " + format.position());
      }
    }
  }

  /** Whom pg_restore runs as: the socket folder's owner, who alone may enter it. */
  private static @Nullable String user(@Nullable Path socketFolder) throws IOException {
    String other = Processes.otherUser();
    if (other == null || socketFolder == null) {
      return other;
    }
    boolean open =
        Files.getPosixFilePermissions(socketFolder)
            .contains(java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE);
    return open ? other : Files.getOwner(socketFolder).getName();
  }

  private Command command(
      Target target, @Nullable Path socketFolder, @Nullable String user, @Nullable Path password) {
    String host = socketFolder == null ? target.host() : Command.seen(socketFolder, user);
    return new Command(
        programs.program("pg_restore"),
        List.of(
            "--dbname=" + target.database(),
            "--format=custom",
            "--no-password",
            "--no-owner",
            "--no-privileges",
            "--no-tablespaces",
            "--no-subscriptions",
            "--exit-on-error",
            "--single-transaction"),
        Libpq.environment(target, host, password, CONNECT_SECONDS),
        user,
        socketFolder,
        settings.deadline());
  }

  /**
   * Passes the dump on; false when the program stopped listening before the end.
   *
   * @throws holdfast.journal.RunException TRUNCATED or CORRUPT; the program is then killed by the
   *     caller before it sees an end, so that nothing is committed
   */
  private static boolean feed(InputStream dump, OutputStream stdin, CustomFormat format)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    boolean listening = true;
    for (int n = dump.read(buffer); n >= 0; n = dump.read(buffer)) {
      format.accept(buffer, 0, n);
      listening = listening && write(stdin, buffer, n);
      if (!listening) {
        return false;
      }
    }
    format.finish();
    return write(stdin, buffer, 0) && close(stdin);
  }

  private static boolean write(OutputStream stdin, byte[] buffer, int length) {
    try {
      stdin.write(buffer, 0, length);
      return true;
    } catch (IOException brokenPipe) {
      return false;
    }
  }

  private static boolean close(OutputStream stdin) {
    try {
      stdin.close();
      return true;
    } catch (IOException brokenPipe) {
      return false;
    }
  }

  private static Running.Exit await(Running program) throws IOException {
    try {
      program.stdout().readAllBytes();
      return program.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the load was interrupted", e);
    }
  }

  /** The password file as pg_restore's user may read it. */
  private static final class Secret implements AutoCloseable {

    private final @Nullable PassFile copy;

    Secret(@Nullable Path original, @Nullable String user) throws IOException {
      copy = original == null ? null : PassFile.copy(original, user);
    }

    @Nullable Path path() {
      return copy == null ? null : copy.path();
    }

    @Override
    public void close() {
      if (copy != null) {
        copy.close();
      }
    }
  }
}
