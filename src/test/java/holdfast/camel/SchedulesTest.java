package holdfast.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.journal.Run;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulesTest {

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(folder);
    rig.write(
        "routes/backup/backup-run.camel.yaml",
        """
        # Stands in for the act.
        - route:
            id: backup-run
            description: Stand in
            routeConfigurationId: policy-run
            from:
              uri: direct
              parameters:
                name: backup-run
              steps:
                - to:
                    uri: bean
                    parameters:
                      beanName: act
                      method: run
        """);
    rig.acts.act = ticket -> rig.journal.runs().begin(Closing.request(ticket));
    rig.start();
    rig.bean(Schedules.class).wakeAll();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void every_shorthand_that_a_plan_may_use_becomes_a_timer() {
    rig.close();
    rig = new Rig(folder.resolve("shorthand"));
    String shipped = rig.read("systems/roleferry.yml");
    assertThat(shipped).contains("\"0 2 * * *\"");
    rig.write("systems/roleferry.yml", shipped.replace("\"0 2 * * *\"", "\"@daily\""));
    rig.start();
    assertThat(rig.bean(CamelContext.class).getRoutes())
        .filteredOn(route -> route.getId().startsWith("trigger-schedule-"))
        .isNotEmpty()
        .anySatisfy(
            route -> assertThat(route.getEndpoint().getEndpointUri()).contains("cron=0+0+0+*+*+"));
  }

  @Test
  void a_due_schedule_is_run_once_however_often_it_is_woken() {
    rig.clock.set(Instant.parse("2026-11-22T02:00:03Z"));
    rig.bean(Schedules.class).wakeAll();
    rig.bean(Schedules.class).wakeAll();
    rig.bean(Schedules.class).wake("roleferry/database", "nightly");

    await().until(() -> runs().size() == 1 && runs().get(0).over());
    assertThat(rig.acts.tickets)
        .singleElement()
        .satisfies(
            ticket -> {
              assertThat(ticket.trigger()).isEqualTo("schedule:nightly");
              assertThat(ticket.fireTime()).isEqualTo(Instant.parse("2026-11-22T02:00:00Z"));
            });
  }

  @Test
  void a_route_that_records_nothing_leaves_a_failed_run_and_never_a_running_one() {
    String id = rig.bean(Starter.class).backup(Rig.DATABASE, "cli", "operator");

    await().until(() -> runs().size() == 1 && runs().get(0).over());
    assertThat(runs().get(0).id()).isEqualTo(id);
    assertThat(runs().get(0).state()).isEqualTo(Run.State.FAILED);
    assertThat(runs().get(0).failure()).contains("ended without recording a result");
  }

  @Test
  void a_route_that_throws_closes_its_run_with_the_sentence_of_the_step() {
    rig.acts.act =
        ticket -> {
          rig.journal.runs().begin(Closing.request(ticket));
          throw new holdfast.journal.RunException(
              holdfast.journal.Code.UNREACHABLE, "db", true, "db does not answer: start it.");
        };
    rig.bean(Starter.class).backup(Rig.DATABASE, "cli", "operator");

    await().until(() -> runs().size() == 1 && runs().get(0).over());
    assertThat(runs().get(0).failure()).isEqualTo("db does not answer: start it.");
  }

  @Test
  void a_paused_asset_sleeps_and_a_missed_time_is_told_of() {
    rig.journal.runs().pause("roleferry", "database", true, "operator");
    rig.clock.set(Instant.parse("2026-11-22T02:00:03Z"));
    rig.bean(Schedules.class).wakeAll();
    assertThat(rig.acts.tickets).isEmpty();
  }

  private List<Run> runs() {
    return rig.journal.runs().recent(Rig.DATABASE, 10);
  }
}
