package holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.Postgres;
import holdfast.harness.S3Server;
import holdfast.stream.KeyMaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody sees who types {@code holdfast check} where no service runs. */
class CheckTest {

  private static final String SYSTEM = "systems/roleferry.yml";

  private final House.Wishes wishes = new House.Wishes();
  private House house;

  @AfterEach
  void close() {
    house.close();
  }

  /** A home folder in which all is well. */
  private void clean() throws IOException {
    wishes.database = Sample.database();
    wishes.extraRecipients += ", spare: keys/spare.public.asc";
    wishes.recipients = "operations, spare";
    wishes.scratch =
        """
          heartbeat: {url: {file: slack.url}}
          journal: {backup: {stores: [primary], recipients: [operations, spare]}}
        """;
    house = House.of(wishes);
    KeyMaker.make(
        house.home.resolve("keys"),
        "spare",
        KeyMaker.Use.ENCRYPT,
        "correct horse".toCharArray(),
        Clock.systemUTC().instant());
    edit("application.yml", "encryption: none", "encryption: sse-s3");
    new Bucket(house)
        .put(
            "?versioning",
            "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
                .getBytes(StandardCharsets.UTF_8));
    Typed.in(house.home, "store", "apply");
  }

  private static List<String> lines(String block) {
    return block.lines().map(String::strip).toList();
  }

  private void edit(String file, String from, String to) throws IOException {
    String text = house.text(file);
    assertThat(text).as(file).contains(from);
    Files.writeString(house.home.resolve(file), text.replace(from, to));
  }

  @Test
  void a_clean_plan_prints_nothing() throws IOException {
    clean();
    assertThat(Typed.in(house.home, "check")).isEqualTo(new Typed(0, List.of(), ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          schedules:           | shedules:            | :14: Unknown field 'shedules' in assets.database. Did you mean 'schedules'?
          database: "absent"   | database: "host=evil" | :12: assets.database.source.database holds '=', so PostgreSQL would read it as connection settings. Write the database's bare name.
          database: "absent"   | database: "-x"       | :12: assets.database.source.database starts with '-', so PostgreSQL's programs would read it as an option. Write the database's bare name.
          stores: [primary]    | stores: [primery]    | :16: assets.database.stores names 'primery', which is no store. Did you mean 'primary'?
          rpo: 24h             | rpo: 24 hours        | :8: components.database.objectives.rpo cannot be '24 hours'. Write a time such as 30s, 15m, 24h or 30d.
          "0 2 * * *"          | "0 24 * * *"         | :15: The cron's hour cannot be '24'. Use 0 to 23.
          "0 2 * * *"          | "0 2 * *"            | :15: The cron '0 2 * *' has 4 fields instead of five. Write minute, hour, day of month, month, day of week.
          "0 2 * * *"          | "0 2 30 FEB *"       | :15: The cron '0 2 30 FEB *' never fires. Name a day that its month has.
          zone: UTC            | zone: Europe/Berln   | :15: 'Europe/Berln' is no time zone. Did you mean 'Europe/Berlin'?
          SELECT COUNT(*)      | DELETE               | :22: Query 'users' does not begin with SELECT. Write one SELECT that returns one number.
          """)
  void a_mistake_in_a_plan_or_a_cron(String from, String to, String expected) throws IOException {
    house = House.of(wishes);
    edit(SYSTEM, from, to);
    Typed said = Typed.in(house.home, "check");
    assertThat(said.lines()).containsExactly(SYSTEM + expected);
    assertThat(said.exit()).isEqualTo(2);
  }

  @Test
  void mistakes_in_routes() throws IOException {
    clean();
    edit("routes/trigger/trigger-queue.camel.yaml", "    from:", "    form:");
    edit("routes/trigger/trigger-minute.camel.yaml", "5 * * * * ?", "5 * * * *");
    edit("routes/trigger/trigger-proof.camel.yaml", "\"#journal\"", "\"#jurnal\"");
    edit(
        "routes/notify/notify-slack.camel.yaml",
        "\"{{webhook}}\"",
        "https://hooks.slack.com/services/T/B/x");
    edit("routes/verify/verify-ask.camel.yaml", "\"#scratch\"", "\"#journal\"");
    edit("routes/policy/policy-wake.camel.yaml", "# ", "");
    assertThat(Typed.in(house.home, "check").lines())
        .containsExactlyElementsOf(
            lines(
"""
            routes/notify/notify-slack.camel.yaml:34: A secret is written here as 'webhookUrl'. Change that secret, keep it elsewhere, and let the plan refer to it.
            routes/policy/policy-wake.camel.yaml:2: This line does not fit the indentation above it, or lacks a colon. Align it with its neighbours.
            routes/trigger/trigger-minute.camel.yaml:13: The cron text '5 * * * *' cannot be read. Write six fields: second, minute, hour, day, month, weekday, such as 0 0 2 * * ?.
            routes/trigger/trigger-proof.camel.yaml:24: There is no bean 'jurnal'. Correct its name: a shipped route shows it.
            routes/trigger/trigger-queue.camel.yaml:7: The field 'form' is not known in 'route'. Correct or remove it; Camel's documentation of 'route' lists what it takes.
            routes/verify/verify-ask.camel.yaml:23: SQL from a message may only run on the scratch copy. Write dataSource: "#scratch".
"""));
  }

  @Test
  void mistakes_with_keys() throws Exception {
    wishes.extraRecipients =
        ", lost: keys/lost.public.asc, expired: keys/expired.public.asc, secret: keys/operations.secret.asc, text: keys/operations.passphrase";
    clean();
    HouseFiles.expiredKey(house.home.resolve("keys"));
    Files.setPosixFilePermissions(
        house.home.resolve("keys/operations.secret.asc"),
        PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(house.home.resolve("keys/signing.passphrase"), "wrong");
    assertThat(Typed.in(house.home, "check").lines())
        .containsExactlyElementsOf(
            lines(
"""
            application.yml:17: ~/keys/lost.public.asc, which should hold the recipient key 'lost', does not exist. Make it with 'holdfast key new' or mend holdfast.keys in application.yml.
            application.yml:17: The key of recipient 'expired' in ~/keys/expired.public.asc expired on 2021-01-01. Extend it and export it again, or put its successor there.
            application.yml:17: ~/keys/operations.secret.asc holds a secret key where the public key of 'secret' belongs. Put the output of 'gpg --armor --export' there and keep the secret key away from this host.
            application.yml:17: ~/keys/operations.passphrase holds no OpenPGP public key. Put the output of 'gpg --armor --export' for 'text' there.
            application.yml:17: The declared passphrase does not unlock the signing key in ~/keys/signing.secret.asc. Mend the passphrase that holdfast.keys.signing refers to.
            application.yml:17: warning: Other users of this host can read or change ~/keys/operations.secret.asc. Run: chmod 600 ~/keys/operations.secret.asc
"""));
  }

  @Test
  void mistakes_with_stores_and_databases() throws Exception {
    String keys =
        "region: us-east-1, path-style: true, encryption: none, access-key: {file: %s}, secret-key: {file: %s}"
            .formatted(S3Server.shared().accessKeyFile(), S3Server.shared().secretKeyFile());
    wishes.stores =
        """
            gone: {kind: s3, bucket: no-such-bucket-here, endpoint: "%1$s", %2$s}
            dead: {kind: s3, bucket: any, endpoint: "http://127.0.0.1:1", %2$s}
            folder: {kind: directory, path: /dev/null/vault}
        """
            .formatted(wishes.s3Endpoint, keys);
    String role = Postgres.guarded("right");
    Path password = Files.writeString(Files.createTempFile("holdfast", "password"), "wrong");
    wishes.extraConnections =
        """
            nobody: {host: 127.0.0.1, port: 1, user: nobody, sslmode: disable}
            guarded: %s
        """
            .formatted(House.socket(role, password.toString()));
    wishes.recipients = "operations, spare";
    for (String connection : List.of("nobody", "guarded")) {
      wishes.connectionName = connection;
      wishes.moreAssets.add(HouseFiles.asset("on-" + connection, wishes));
    }
    wishes.connectionName = "prod";
    clean();
    assertThat(Typed.in(house.home, "check").lines())
        .containsExactlyElementsOf(
            lines(
"""
            application.yml:13: Store 'gone': the bucket 'no-such-bucket-here' does not exist. Create it or correct its name.
            application.yml:14: Store 'dead': http://127.0.0.1:1 cannot be reached to look at the bucket (ConnectException). Check the endpoint and the network.
            application.yml:15: Store 'folder': could not look at the folder in /dev/null/vault (FileSystemException: /dev/null/vault: Not a directory). Check that folder and its rights.
            systems/roleferry.yml:24: roleferry/on-nobody cannot be dumped. The PostgreSQL server at 127.0.0.1:1 does not answer: check host, port and sslmode of connection nobody, and that the server runs.
            systems/roleferry.yml:38: roleferry/on-guarded cannot be dumped. The PostgreSQL server at %s:5432 refused the password of user %s: correct the password that connection guarded refers to.
"""
                    .formatted(Postgres.cluster().socketFolder(), role)));
  }
}
