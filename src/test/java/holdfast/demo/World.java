package holdfast.demo;

import holdfast.harness.HomeFolder;
import holdfast.harness.MailServer;
import holdfast.harness.Receiver;
import holdfast.harness.S3Server;
import holdfast.harness.Shell;
import holdfast.process.PrivateCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Everything around Holdfast, real and on loopback: database, S3, mail, and a receiver of messages.
 */
final class World implements AutoCloseable {

  static final String BUCKET = "roleferry-prod-backups";
  private static final String MARK = ".demo";
  private static final int PAGE_PORT = 8420;

  private final HomeFolder home;
  private final PrivateCluster database;
  private final S3Server s3;
  private final MailServer mail;
  private final Receiver receiver;

  private World(
      HomeFolder home, PrivateCluster database, S3Server s3, MailServer mail, Receiver receiver) {
    this.home = home;
    this.database = database;
    this.s3 = s3;
    this.mail = mail;
    this.receiver = receiver;
  }

  /** A fresh world in {@code folder}, which must be empty or an earlier demo's. */
  static World make(Path folder) throws IOException, InterruptedException {
    HomeFolder home = HomeFolder.fresh(folder, MARK);
    Demo.say("Starting PostgreSQL, S3, mail and a receiver of messages …");
    PrivateCluster database =
        PrivateCluster.start(
            new PrivateCluster.Options(folder.resolve("servers/postgresql"), false, Map.of()));
    World world =
        new World(
            home,
            database,
            S3Server.start(Files.createDirectories(folder.resolve("servers/s3")), BUCKET),
            MailServer.start(),
            Receiver.start());
    world.fill();
    world.settle();
    return world;
  }

  private void fill() throws IOException, InterruptedException {
    Shell shell = Shell.of(database);
    shell.run("createdb roleferry");
    shell.run("psql -q -d roleferry -f src/test/resources/samples/roleferry.sql");
  }

  /** Copies routes and the system's plan as shipped; only where things are differs. */
  private void settle() throws IOException, InterruptedException {
    home.copy(Path.of("routes"));
    home.copy(Path.of("systems"));
    home.write("application.yml", application());
    home.secret("s3-key", "AKIAHOLDFASTDEMO");
    home.secret("s3-secret", "not-a-real-secret");
    home.secret("slack-webhook", receiver.at("/slack").toString());
    home.keys();
  }

  private String application() throws IOException {
    String keys = "access-key: {file: s3-key}, secret-key: {file: s3-secret}";
    int page = HomeFolder.freePort(PAGE_PORT);
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
            HomeFolder.freePort(page + 1),
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

  Path folder() {
    return home.folder();
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
