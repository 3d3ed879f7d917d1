package holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.harness.Postgres;
import holdfast.journal.Code;
import holdfast.journal.Event;
import holdfast.journal.Outbox;
import holdfast.journal.Run;
import holdfast.plan.AssetId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator can get wrong: one sentence, a failed run, a message, and no good point. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {

  private House house;

  @BeforeAll
  void start() throws Exception {
    House.Wishes wishes = new House.Wishes();
    wishes.database = Sample.database();
    wishes.extraConnections =
        """
            nobody: {host: 127.0.0.1, port: 1, user: nobody, sslmode: disable}
            stranger: %s
        """
            .formatted(House.socket("no_such_role", ""));
    wishes.stores =
        """
            gone: {kind: s3, bucket: no-such-bucket-here, prefix: vault, region: us-east-1, endpoint: "%s", path-style: true, encryption: none, access-key: {file: %s}, secret-key: {file: %s}}
        """
            .formatted(
                wishes.s3Endpoint,
                holdfast.harness.S3Server.shared().accessKeyFile(),
                holdfast.harness.S3Server.shared().secretKeyFile())
            .indent(0);
    wishes.extraRecipients = ", lost: keys/lost.public.asc, expired: keys/expired.public.asc";
    with(wishes, "unreachable", () -> wishes.connectionName = "nobody");
    with(wishes, "wrong-role", () -> wishes.connectionName = "stranger");
    with(wishes, "no-database", () -> wishes.database = "no_such_database");
    with(wishes, "no-bucket", () -> wishes.storeNames = "gone");
    with(wishes, "no-key", () -> wishes.recipients = "lost");
    with(wishes, "expired-key", () -> wishes.recipients = "expired");
    house = House.of(wishes);
    HouseFiles.expiredKey(house.home.resolve("keys"));
    house.start();
  }

  private static void with(House.Wishes wishes, String asset, Runnable change) {
    String connection = wishes.connectionName;
    String database = wishes.database;
    String stores = wishes.storeNames;
    String recipients = wishes.recipients;
    change.run();
    wishes.moreAssets.add(HouseFiles.asset(asset, wishes));
    wishes.connectionName = connection;
    wishes.database = database;
    wishes.storeNames = stores;
    wishes.recipients = recipients;
  }

  @AfterAll
  void end() {
    house.close();
  }

  @Test
  void an_unreachable_database_is_told_in_one_sentence() {
    assertThat(failed("unreachable", Code.UNREACHABLE)).contains("127.0.0.1:1", "does not answer");
  }

  @Test
  void a_user_that_the_server_does_not_let_in_is_told_in_one_sentence() {
    assertThat(failed("wrong-role", Code.DENIED)).contains("no_such_role");
  }

  @Test
  void a_database_that_is_not_there_is_told_in_one_sentence() {
    assertThat(failed("no-database", Code.INVALID)).contains("no_such_database");
  }

  @Test
  void a_bucket_that_is_not_there_is_told_in_one_sentence() {
    Run run = house.backup(AssetId.parse("roleferry/no-bucket"));
    assertThat(failed(run)).contains("gone");
  }

  @Test
  void a_recipient_without_a_key_is_told_in_one_sentence() {
    assertThat(failed("no-key", Code.NO_KEY)).contains("lost");
  }

  @Test
  void an_expired_key_is_told_in_one_sentence() {
    assertThat(failed("expired-key", Code.NO_KEY)).contains("expired");
  }

  @Test
  void a_restore_over_a_database_that_exists_is_refused() {
    assertThat(house.backup().failure()).isNull();
    String standing = Postgres.database("standing", "CREATE TABLE mine (id int)");
    Run run = house.restore("prod/" + standing);
    assertThat(run.failureCode()).isEqualTo(Code.REFUSED);
    assertThat(run.failure()).contains(standing).contains("never touches");
    assertThat(Postgres.ask(standing, "SELECT count(*) FROM mine")).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-oops", "host=evil", "a/b", "x'y", "", "..", "a b"})
  void a_restore_into_a_name_that_is_none_is_refused(String name) {
    assertThat(house.backup().failure()).isNull();
    Run run = house.restore("prod/" + name);
    assertThat(run.failureCode()).isEqualTo(Code.INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"host=127.0.0.9 dbname=x", "-foo", "postgres://evil/x"})
  void a_database_name_that_means_something_else_never_starts(String name) {
    House.Wishes wishes = new House.Wishes();
    wishes.database = name;
    try (House other = House.of(wishes)) {
      assertThatThrownBy(other::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("systems/roleferry.yml:");
    }
  }

  private String failed(String asset, Code code) {
    Run run = house.backup(AssetId.parse("roleferry/" + asset));
    assertThat(run.failureCode()).as(run.failure()).isEqualTo(code);
    return failed(run);
  }

  private String failed(Run run) {
    assertThat(run.state()).isEqualTo(Run.State.FAILED);
    assertThat(house.bean(holdfast.catalog.Catalog.class).points(run.asset(), 1)).isEmpty();
    assertThat(house.bean(Outbox.class).ofRun(run.id()))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(Event.read(entry.event()).type()).isEqualTo(Event.Type.BACKUP_FAILED));
    assertThat(run.failure()).doesNotContain("Exception", "\n").endsWith(".");
    return run.failure();
  }
}
