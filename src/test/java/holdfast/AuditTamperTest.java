package holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.absence.Watches;
import holdfast.custody.AuditCopies;
import holdfast.incident.Incident;
import holdfast.incident.Incidents;
import holdfast.plan.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody who rules the journal's database changes what was written there. */
class AuditTamperTest {

  @Test
  void a_cut_off_tail_is_a_critical_incident_and_the_command_says_so() throws SQLException {
    House.Wishes wishes = new House.Wishes();
    wishes.database = Sample.database();
    try (House house = House.of(wishes).start()) {
      assertThat(house.backup().failure()).isNull();
      long copied =
          house
              .bean(JdbcClient.class)
              .sql("SELECT max(entry) FROM audit")
              .query(Long.class)
              .single();
      house.bean(AuditCopies.class).keep();
      assertThat(house.bean(AuditCopies.class).compare().whole()).isTrue();
      try (Connection journal = house.bean(DataSource.class).getConnection();
          Statement statement = journal.createStatement()) {
        journal.setAutoCommit(true);
        statement.execute("ALTER TABLE audit DISABLE TRIGGER ALL");
        statement.execute("DELETE FROM audit WHERE entry >= " + copied);
        statement.execute("ALTER TABLE audit ENABLE TRIGGER ALL");
      }
      assertThat(house.bean(AuditCopies.class).compare().problems()).hasSize(1);
      Incident changed =
          await()
              .atMost(Duration.ofSeconds(60))
              .until(
                  () -> {
                    house.bean(Watches.class).look();
                    return house.bean(Incidents.class).open().stream()
                        .filter(incident -> incident.title().equals("The audit was changed"))
                        .findFirst();
                  },
                  Optional::isPresent)
              .orElseThrow();
      assertThat(changed.severity()).isEqualTo(Severity.CRITICAL);
    }
  }

  @Test
  void the_command_compares_with_the_copies() {
    House.Wishes wishes = new House.Wishes();
    wishes.database = Sample.database();
    try (House house = House.of(wishes).serve()) {
      assertThat(house.backup().failure()).isNull();
      Typed whole = Typed.in(house.home, "audit", "verify");
      assertThat(whole.exit()).as(whole.toString()).isZero();
      assertThat(whole.lines())
          .last()
          .asString()
          .startsWith("The copies in primary agree, through");
      new Bucket(house).delete();
      Typed away = Typed.in(house.home, "audit", "verify");
      assertThat(away.exit()).as(away.toString()).isEqualTo(3);
    }
  }
}
