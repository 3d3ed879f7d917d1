package holdfast.demo;

import holdfast.harness.MailServer;
import holdfast.harness.Receiver;
import holdfast.harness.S3Server;
import holdfast.process.PrivateCluster;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything around Holdfast, real and on loopback: database, S3, mail, and a receiver of messages.
 */
final class World implements AutoCloseable {

  static final String BUCKET = "roleferry-prod-backups";
  private static final String MARK = ".demo";
  private static final int PAGE_PORT = 8420;

  private final Path folder;
  private final PrivateCluster database;
  private final S3Server s3;
  private final MailServer mail;
  private final Receiver receiver;

  private World(
      Path folder, PrivateCluster database, S3Server s3, MailServer mail, Receiver receiver) {
    this.folder = folder;
    this.database = database;
    this.s3 = s3;
    this.mail = mail;
    this.receiver = receiver;
  }

  /** A fresh world in {@code folder}, which must be empty or an earlier demo's. */
  static World make(Path folder) throws IOException, InterruptedException {
    clear(folder);
    Demo.say("Starting PostgreSQL, S3, mail and a receiver of messages …");
    PrivateCluster database =
        PrivateCluster.start(
            new PrivateCluster.Options(folder.resolve("servers/postgresql"), false, Map.of()));
    World world =
        new World(
            folder,
            database,
            S3Server.start(Files.createDirectories(folder.resolve("servers/s3")), BUCKET),
            MailServer.start(),
            Receiver.start());
    world.fill();
    world.settle();
    return world;
  }

  private static void clear(Path folder) throws IOException {
    try (Stream<Path> there = Files.list(folder)) {
      if (there.findAny().isPresent() && !Files.exists(folder.resolve(MARK))) {
        throw new IOException(folder + " is not empty and no earlier demo's: name another --dir.");
      }
    }
    try (Stream<Path> old = Files.walk(folder)) {
      for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(folder)) {
          Files.delete(path);
        }
      }
    }
    Files.createFile(folder.resolve(MARK));
  }

  private void fill() throws IOException, InterruptedException {
    run("createdb", "roleferry");
    run("psql", "-q", "-d", "roleferry", "-f", "src/test/resources/samples/roleferry.sql");
  }

  private void run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("PGHOST", database.socketFolder().toString());
    builder.environment().put("PGPORT", String.valueOf(database.port()));
    builder.environment().put("PGUSER", database.user());
    if (builder.start().waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }

  /** Copies routes and the system's plan as shipped; only where things are differs. */
  private void settle() throws IOException, InterruptedException {
    copy(Path.of("routes"));
    copy(Path.of("systems"));
    Files.writeString(folder.resolve("application.yml"), application());
    secret("s3-key", "AKIAHOLDFASTDEMO");
    secret("s3-secret", "not-a-real-secret");
    secret("slack-webhook", receiver.at("/slack").toString());
    Process keys =
        new ProcessBuilder(Path.of("bin/holdfast").toAbsolutePath().toString(), "key", "new")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keys.log").toFile())
            .directory(folder.toFile())
            .start();
    if (keys.waitFor() != 0) {
      throw new IOException("No keys: see " + folder.resolve("keys.log"));
    }
  }

  private void copy(Path tree) throws IOException {
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

  private void secret(String name, String value) throws IOException {
    Path file = folder.resolve(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, value);
  }

  private String application() throws IOException {
    String keys = "access-key: {file: s3-key}, secret-key: {file: s3-secret}";
    int page = free(PAGE_PORT);
    return """
        # Where things are in this demo. Made by bin/demo; what is protected stands in systems/roleferry.yml, as shipped.
        server: {port: %d}
        management: {server: {port: %d}}
        holdfast:
          stores:
            primary: {kind: s3, bucket: %s, prefix: %s, region: us-east-1, endpoint: "%s", path-style: true, %s}
          connections:
            roleferry-prod: {host: "%s", port: %d, user: %s, sslmode: disable}
          keys:
            recipients: {operations: keys/operations.public.asc, escrow: keys/escrow.public.asc}
            signing: {key: keys/signing.secret.asc, passphrase: {file: keys/signing.passphrase}}
            opening: {key: keys/operations.secret.asc, passphrase: {file: keys/operations.passphrase}}
          channels:
            ops-slack: {kind: slack, webhook: {file: slack-webhook}}
            ops-email: {kind: email, host: 127.0.0.1, port: %d, security: none, from: holdfast@roleferry.example, to: [ops@roleferry.example]}
            ops-sns: {kind: sns, topic: "arn:aws:sns:us-east-1:123456789012:roleferry-backups", region: us-east-1, endpoint: "%s", %s}
            events: {kind: eventbridge, bus: default, source: holdfast, region: us-east-1, endpoint: "%s", %s}
        """
        .formatted(
            page,
            free(page + 1),
            BUCKET,
            prefix(),
            s3.endpoint(),
            keys,
            database.socketFolder(),
            database.port(),
            database.user(),
            mail.port(),
            receiver.at("/"),
            keys,
            receiver.at("/"),
            keys);
  }

  /** {@code wanted}, or any free port where somebody listens there. */
  private static int free(int wanted) throws IOException {
    try (ServerSocket socket = new ServerSocket(wanted)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      try (ServerSocket socket = new ServerSocket(0)) {
        return socket.getLocalPort();
      }
    }
  }

  Path folder() {
    return folder;
  }

  String prefix() {
    return "holdfast";
  }

  /** Channels of the shipped plan that reach people or programs. */
  int channels() {
    return 4;
  }

  /** What people got, newest first. */
  List<Inbox.Letter> letters() {
    return Letters.of(mail, receiver);
  }

  @Override
  public void close() {
    receiver.close();
    mail.close();
    s3.close();
    database.close();
  }
}
