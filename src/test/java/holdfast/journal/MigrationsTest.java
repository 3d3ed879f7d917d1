package holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.harness.Postgres;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A journal that is brought up to date and cut off in the middle of it. */
class MigrationsTest {

  private static final String CUT_OFF =
      """
      CREATE SCHEMA traps;
      CREATE FUNCTION traps.cut_off() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN RAISE 'cut off before %', NEW.version; END$$;
      CREATE FUNCTION traps.lay() RETURNS event_trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF to_regclass('public.flyway_schema_history') IS NOT NULL AND NOT EXISTS
            (SELECT FROM pg_trigger WHERE tgname = 'trap') THEN
            CREATE TRIGGER trap BEFORE INSERT ON public.flyway_schema_history
              FOR EACH ROW WHEN (NEW.version = '5') EXECUTE FUNCTION traps.cut_off();
          END IF;
        END$$;
      CREATE EVENT TRIGGER trap ON ddl_command_end EXECUTE FUNCTION traps.lay();
      """;

  private final String database = Postgres.database("cutoff", CUT_OFF);
  private final JdbcClient journal = JdbcClient.create(Postgres.dataSource(database));

  @AfterEach
  void drop() {
    Postgres.run("postgres", "DROP DATABASE %s WITH (FORCE)".formatted(database));
  }

  @Test
  void what_was_cut_off_before_it_was_noted_is_not_there_and_is_done_by_the_next_start() {
    assertThatThrownBy(() -> JournalConfiguration.migrated(Postgres.dataSource(database)))
        .hasMessageContaining("cut off before 5");
    assertThat(tables()).containsExactly("flyway_schema_history");

    journal.sql("DROP EVENT TRIGGER trap").update();
    journal.sql("DROP TRIGGER IF EXISTS trap ON flyway_schema_history").update();
    JournalConfiguration.migrated(Postgres.dataSource(database));
    assertThat(tables()).contains("runs", "outbox", "incidents");
  }

  private List<String> tables() {
    return journal
        .sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        .query(String.class)
        .list();
  }
}
