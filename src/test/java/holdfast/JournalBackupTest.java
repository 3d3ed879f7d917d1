package holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.harness.Postgres;
import holdfast.incident.Incidents;
import holdfast.incident.Opening;
import holdfast.journal.Run;
import holdfast.plan.AssetId;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The journal goes the way of everything else: backed up, proven, and restored elsewhere. */
class JournalBackupTest {

  private static final AssetId JOURNAL = AssetId.parse("holdfast/journal");
  private static final List<String> COUNTS =
      List.of(
          "SELECT count(*) FROM runs WHERE id < '%s'",
          "SELECT count(*) FROM points",
          "SELECT count(*) FROM incidents",
          "SELECT count(*) FROM accounts");

  @Test
  void it_is_backed_up_proven_and_goes_on_from_its_copy_on_an_empty_machine() throws Exception {
    String database = Sample.database();
    String copy = "journal_copy_" + database;
    House.Wishes wishes = new House.Wishes();
    wishes.database = database;
    wishes.scratch = "  journal: {backup: {stores: [primary], recipients: [operations]}}\n";
    Point known;
    try (House house = House.of(wishes).start()) {
      assertThat(house.backup().failure()).isNull();
      known = house.point();
      String incident =
          house
              .bean(Incidents.class)
              .open(
                  new Opening(
                      "roleferry", Severity.HIGH, Situation.DATABASE, "It is slow", "", "ada"));
      Run backup = house.backup(JOURNAL);
      assertThat(backup.failure()).isNull();
      Run proof = house.verify("latest:" + JOURNAL);
      assertThat(proof.failure()).isNull();
      String target = "prod/" + copy;
      Run restore =
          house.ended(
              house
                  .bean(holdfast.camel.Starter.class)
                  .restore("latest:" + JOURNAL, target, "tester"));
      assertThat(restore.failure()).isNull();
      for (String count : COUNTS.stream().map(one -> one.formatted(backup.id())).toList()) {
        int itsOwn = count.contains("points") ? 1 : 0;
        assertThat(Integer.parseInt(Postgres.ask(copy, count)) + itsOwn)
            .as(count)
            .isEqualTo(Integer.parseInt(ask(house, count)));
      }
      assertThat(Postgres.ask(copy, "SELECT title FROM incidents WHERE id = '" + incident + "'"))
          .isEqualTo("It is slow");
      String hash =
          "SELECT hash FROM audit WHERE entry = "
              + Postgres.ask(copy, "SELECT max(entry) FROM audit");
      assertThat(Postgres.ask(copy, hash)).isEqualTo(ask(house, hash));
    }
    House.Wishes elsewhere = new House.Wishes();
    elsewhere.database = database;
    elsewhere.scratch =
        "  journal: {url: \"jdbc:postgresql://localhost/%s?socketFactory=org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg&socketFactoryArg=%s/.s.PGSQL.5432\", user: %s}\n"
            .formatted(copy, Postgres.cluster().socketFolder(), Postgres.cluster().user());
    try (House house = House.of(elsewhere).start()) {
      assertThat(house.bean(Catalog.class).find(known.id()).orElseThrow()).isEqualTo(known);
      assertThat(house.bean(Incidents.class).open()).hasSize(1);
    }
  }

  private static String ask(House house, String question) throws SQLException {
    try (Connection journal = house.bean(DataSource.class).getConnection();
        Statement statement = journal.createStatement();
        var rows = statement.executeQuery(question)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
