package holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.Postgres;
import holdfast.journal.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A dump of single tables is proven and restored like any other, whatever schema they lie in. */
class TableExportTest {

  @Test
  void tables_of_another_schema_come_back() throws IOException {
    House.Wishes wishes = new House.Wishes();
    wishes.database =
        Postgres.database(
            "tables",
            "CREATE SCHEMA app",
            "CREATE TABLE app.orders (id int PRIMARY KEY)",
            "INSERT INTO app.orders SELECT generate_series(1, 20)",
            "CREATE TABLE other (id int)");
    wishes.queries = "{name: orders, sql: \"SELECT COUNT(*) FROM app.orders\", table: app.orders}";
    try (House house = House.of(wishes)) {
      Path system = house.home.resolve("systems/roleferry.yml");
      Files.writeString(
          system,
          Files.readString(system)
              .replace("content: full", "content: table, tables: [app.orders]"));
      house.start();
      assertThat(house.backup().failure()).isNull();
      Run proof = house.verify();
      assertThat(proof.failure()).isNull();
      assertThat(house.point().proof().verdict().name()).isEqualTo("PASS");
      String copy = wishes.database + "_copy";
      assertThat(house.restore("prod/" + copy).failure()).isNull();
      assertThat(Postgres.ask(copy, "SELECT count(*) FROM app.orders")).isEqualTo("20");
    }
  }
}
