package holdfast.bench;

import holdfast.harness.HomeFolder;
import holdfast.harness.Receiver;
import holdfast.harness.S3Server;
import holdfast.harness.Shell;
import holdfast.process.PrivateCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;

/** What all contestants share: one database, one S3 server, the same keys; made for one bench. */
final class Workshop implements AutoCloseable {

  static final String BUCKET = "bench";
  private static final int PEOPLE = 600_000;
  private static final int PAGE_PORT = 8430;
  private static final int HALF_A_DAY = 12;
  private static final int DAY = 24;

  /** Loss of the whole at a power cut is all right here; the rest is what a sane server has. */
  private static final Map<String, String> SERVER =
      Map.of("shared_buffers", "512MB", "maintenance_work_mem", "256MB", "max_wal_size", "8GB");

  private final HomeFolder home;
  private final PrivateCluster database;
  private final S3Server s3;
  private final Receiver receiver;
  private final Shell shell;

  private Workshop(HomeFolder home, PrivateCluster database, S3Server s3, Receiver receiver) {
    this.home = home;
    this.database = database;
    this.s3 = s3;
    this.receiver = receiver;
    this.shell = Shell.of(database).with(tools());
  }

  static Workshop open(Path folder) throws IOException, InterruptedException {
    HomeFolder home = HomeFolder.fresh(folder, ".bench");
    Workshop workshop =
        new Workshop(
            home,
            PrivateCluster.start(
                new PrivateCluster.Options(folder.resolve("servers/postgresql"), false, SERVER)),
            S3Server.start(Files.createDirectories(folder.resolve("servers/s3")), BUCKET),
            Receiver.start());
    try {
      workshop.settle();
      return workshop;
    } catch (IOException | InterruptedException | RuntimeException e) {
      workshop.close();
      throw e;
    }
  }

  private Map<String, String> tools() {
    return Map.of(
        "AWS_ENDPOINT_URL", s3.endpoint().toString(),
        "AWS_DEFAULT_REGION", S3Server.REGION,
        "AWS_ACCESS_KEY_ID", "any",
        "AWS_SECRET_ACCESS_KEY", "any",
        "AWS_REQUEST_CHECKSUM_CALCULATION", "when_required",
        "AWS_RESPONSE_CHECKSUM_VALIDATION", "when_required",
        "AWS_EC2_METADATA_DISABLED", "true",
        "GNUPGHOME", home.folder().resolve("gnupg").toString());
  }

  private void settle() throws IOException, InterruptedException {
    home.copy(Path.of("routes"));
    home.write("systems/roleferry.yml", system(Files.readString(Path.of("systems/roleferry.yml"))));
    home.write("application.yml", application());
    home.secret("s3-key", "any");
    home.secret("s3-secret", "any");
    home.secret("slack-webhook", receiver.at("/slack").toString());
    home.keys();
    here(
        "mkdir -m 700 gnupg; gpg -q --batch --import keys/*.public.asc;"
            + " gpg -q --batch --pinentry-mode loopback --passphrase-file keys/operations.passphrase"
            + " --import keys/operations.secret.asc");
  }

  private void here(String script) throws IOException, InterruptedException {
    shell.run("cd '%s'; %s".formatted(home.folder(), script));
  }

  /** As shipped, but one channel, no proof after each backup, and no schedule due meanwhile. */
  static String system(String shipped) {
    int hour = InstantSource.system().instant().atOffset(ZoneOffset.UTC).getHour();
    return shipped
        .replace("after-backup: true", "after-backup: false")
        .replaceAll("channels: \\[[^]]*]", "channels: [ops-slack]")
        .replaceAll("cron: \"0 \\d+ ", "cron: \"0 " + (hour + HALF_A_DAY) % DAY + " ");
  }

  private String application() throws IOException {
    int page = HomeFolder.freePort(PAGE_PORT);
    return """
        server: {port: %d}
        management: {server: {port: %d}}
        holdfast:
          stores:
            primary: {kind: s3, bucket: %s, prefix: holdfast, region: %s, endpoint: "%s", path-style: true,
                      access-key: {file: s3-key}, secret-key: {file: s3-secret}}
          connections:
            roleferry-prod: {host: "%s", port: %d, user: %s, sslmode: disable}
          keys:
            recipients: {operations: keys/operations.public.asc, escrow: keys/escrow.public.asc}
            signing: {key: keys/signing.secret.asc, passphrase: {file: keys/signing.passphrase}}
            opening: {key: keys/operations.secret.asc, passphrase: {file: keys/operations.passphrase}}
          channels:
            ops-slack: {kind: slack, webhook: {file: slack-webhook}}
        """
        .formatted(
            page,
            HomeFolder.freePort(page + 1),
            BUCKET,
            S3Server.REGION,
            s3.endpoint(),
            database.socketFolder(),
            database.port(),
            database.user());
  }

  /** Makes the sample; its size in bytes. */
  long fill(double scale) throws IOException, InterruptedException {
    shell.run("createdb roleferry");
    shell.run(
        "psql -q -d roleferry -v people=%d -f src/test/resources/samples/roleferry.sql"
            .formatted(Math.max(1, Math.round(PEOPLE * scale))));
    shell.run("psql -q -d roleferry -c VACUUM -c CHECKPOINT");
    return size();
  }

  /** Adds one table, so that the whole is about {@code times} as large; the new size in bytes. */
  long grow(int times) throws IOException, InterruptedException {
    long copies =
        Long.parseLong(
            shell.read(
                "psql -qtA -d roleferry -c \"SELECT ceil(%d * pg_database_size('roleferry') / pg_table_size('outreach')::numeric)\""
                    .formatted(times - 1)));
    shell.run(
        "psql -q -d roleferry -c 'CREATE TABLE letters AS SELECT copy, o.* FROM generate_series(1, %d) AS copy, outreach o' -c CHECKPOINT"
            .formatted(copies));
    return size();
  }

  private long size() throws IOException, InterruptedException {
    return Long.parseLong(
        shell.read("psql -qtA -d roleferry -c \"SELECT pg_database_size('roleferry')\""));
  }

  void drop(String name) throws IOException, InterruptedException {
    shell.run("dropdb --if-exists " + name);
  }

  /** Removes what backups left, so that the disk does not fill. */
  void sweep() throws IOException, InterruptedException {
    shell.run("aws s3 rm --quiet --recursive s3://%s/holdfast".formatted(BUCKET));
  }

  Path folder() {
    return home.folder();
  }

  ByHand byHand() {
    return new ByHand(shell, BUCKET, home.folder());
  }

  @Override
  public void close() {
    try {
      shell.run("gpgconf --kill gpg-agent || true");
    } catch (IOException | InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    receiver.close();
    s3.close();
    database.destroy();
  }
}
