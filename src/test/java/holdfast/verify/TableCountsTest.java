package holdfast.verify;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.Postgres;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class TableCountsTest {

  /** As PostGIS does: the extension brings rows, the dump holds only what was added to them. */
  @Test
  void a_table_that_an_extension_fills_is_not_held_to_the_dump() throws SQLException {
    DataSource copy =
        Postgres.dataSource(
            Postgres.database(
                "members",
                "CREATE EXTENSION pg_trgm",
                "CREATE TABLE systems AS SELECT generate_series(1, 5)",
                "ALTER EXTENSION pg_trgm ADD TABLE systems",
                "CREATE TABLE users AS SELECT generate_series(1, 3)"));
    Map<String, Long> dumped = Map.of("public.systems", 1L, "public.users", 3L, "public.gone", 0L);
    Map<String, Long> comparable = TableCounts.comparable(copy, dumped);
    assertThat(comparable).isEqualTo(Map.of("public.users", 3L, "public.gone", 0L));
    assertThat(TableCounts.of(copy, comparable)).isEqualTo(Map.of("public.users", 3L));
  }
}
