package holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.Postgres;
import holdfast.harness.SamplePlan;
import holdfast.harness.SettableClock;
import holdfast.plan.Plans;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JournalConfigurationTest {

  private static final SettableClock CLOCK = SettableClock.at("2026-11-21T02:00:00Z");

  @Test
  void a_plain_context_migrates_an_empty_database_and_wires_the_room_beside_other_data_sources() {
    String database = Postgres.database("plain");
    try (AnnotationConfigApplicationContext context = context(database)) {
      Runs runs = context.getBean(Runs.class);
      Run run =
          runs.begin(
              new Runs.Request(
                  context.getBean(Ids.class).next(),
                  Run.Kind.BACKUP,
                  SamplePlan.DATABASE,
                  "cli",
                  "ada",
                  null,
                  null));
      assertThat(context.getBean(Audit.class).verify().entries()).isEqualTo(1);
      assertThat(context.getBean(JdbcClient.class).sql("SELECT id FROM runs").query().singleValue())
          .isEqualTo(run.id());
    }
    try (AnnotationConfigApplicationContext again = context(database)) {
      assertThat(again.getBean(Runs.class).recent(null, 5)).hasSize(1);
    }
  }

  @Test
  void the_template_of_the_context_and_the_journal_share_one_transaction() {
    try (AnnotationConfigApplicationContext context = context(Postgres.database("plain"))) {
      Audit audit = context.getBean(Audit.class);
      context
          .getBean(TransactionTemplate.class)
          .executeWithoutResult(
              status -> {
                audit.append("ada", "test.done", "thing", java.util.Map.of());
                status.setRollbackOnly();
              });
      assertThat(audit.verify()).isEqualTo(new Audit.Verdict(0, 0));
    }
  }

  @Test
  void who_hears_of_an_asset_stands_in_the_plan() {
    Audience audience = Audience.of(SamplePlan.plans(SamplePlan.asset()));

    assertThat(audience.channels(SamplePlan.DATABASE)).isEqualTo(List.of("slack", "email"));
    assertThat(audience.channels(holdfast.plan.AssetId.parse("roleferry/gone"))).isEmpty();
  }

  private static AnnotationConfigApplicationContext context(String database) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean("clock", InstantSource.class, () -> CLOCK);
    context.registerBean("plans", Plans.class, () -> SamplePlan.plans(SamplePlan.asset()));
    context.registerBean("scratch", DataSource.class, () -> Postgres.dataSource("nowhere"));
    context.registerBean("journal", DataSource.class, () -> Postgres.dataSource(database));
    context.register(JournalConfiguration.class);
    context.refresh();
    return context;
  }
}
