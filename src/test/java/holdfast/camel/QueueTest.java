package holdfast.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import holdfast.journal.Event;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is accepted is in the journal before anybody hears its id. */
class QueueTest {

  @TempDir Path folder;
  private final CountDownLatch busy = new CountDownLatch(1);
  private Rig rig;
  private Starter starter;

  /** One backup at a time, and the first one takes until the test lets it go. */
  @BeforeEach
  void start() {
    rig = new Rig(folder);
    String route = rig.read("routes/backup/backup-run.camel.yaml");
    rig.write(
        "routes/backup/backup-run.camel.yaml",
        route.substring(0, route.indexOf("      steps:"))
            + """
                    steps:
                      - to:
                          uri: bean
                          parameters:
                            beanName: act
                            method: run
              """);
    rig.acts.act =
        ticket -> {
          rig.journal.runs().begin(Closing.request(ticket));
          try {
            busy.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    rig.start("holdfast.backups-at-once=1");
    rig.bean(Schedules.class).wakeAll();
    starter = rig.bean(Starter.class);
  }

  @AfterEach
  void stop() {
    busy.countDown();
    rig.close();
  }

  @Test
  void a_run_that_waits_is_in_the_journal_and_begins_when_its_turn_comes() {
    String first = running();
    String second = starter.backup(Rig.DATABASE, "api", "ada");

    Run waits = run(second);
    assertThat(waits.state()).isEqualTo(Run.State.QUEUED);
    assertThat(waits.trigger()).isEqualTo("api");
    assertThat(waits.actor()).isEqualTo("ada");
    rig.bean(Waiting.class).beat();
    busy.countDown();
    await().until(() -> run(first).over() && run(second).over());
    assertThat(rig.acts.tickets).hasSize(2);
  }

  @Test
  void a_run_that_is_cancelled_while_it_waits_never_begins() {
    String first = running();
    String second = starter.backup(Rig.DATABASE, "api", "ada");
    String third = starter.backup(Rig.DATABASE, "api", "ada");
    rig.journal.runs().cancel(second, "bob");
    busy.countDown();

    await().until(() -> run(first).over() && run(third).over());
    assertThat(run(second).state()).isEqualTo(Run.State.CANCELLED);
    assertThat(run(second).failure()).contains("cancelled by bob");
  }

  @Test
  void what_waits_is_kept_alive_and_is_closed_when_the_process_ends() {
    running();
    String second = starter.backup(Rig.DATABASE, "api", "ada");
    rig.journal.sql("UPDATE runs SET alive_until = now() WHERE state = 'QUEUED'");
    rig.bean(Waiting.class).beat();
    assertThat(rig.journal.reconciler().closeLapsed()).isZero();

    rig.bean(Waiting.class).close();
    assertThat(run(second).state()).isEqualTo(Run.State.ABANDONED);
  }

  @Test
  void what_finds_no_room_is_refused_and_recorded_and_a_fire_is_told_of_too() throws Exception {
    rig.camel().getRouteController().stopRoute("trigger-queue");
    assertThatThrownBy(() -> starter.backup(Rig.DATABASE, "api", "ada"))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("could not be queued");
    rig.clock.set(Instant.parse("2026-11-22T02:00:03Z"));
    rig.bean(Schedules.class).wakeAll();

    assertThat(rig.journal.runs().recent(Rig.DATABASE, 10))
        .hasSize(2)
        .allSatisfy(run -> assertThat(run.state()).isEqualTo(Run.State.SKIPPED))
        .allSatisfy(run -> assertThat(run.failure()).contains("could not be queued"));
    assertThat(rig.journal.outbox().recent(10))
        .isNotEmpty()
        .allSatisfy(
            entry ->
                assertThat(Event.read(entry.event()).facts())
                    .containsEntry("trigger", "schedule:nightly"));
  }

  private String running() {
    String id = starter.backup(Rig.DATABASE, "cli", "operator");
    await().until(() -> run(id).state() == Run.State.RUNNING);
    return id;
  }

  private Run run(String id) {
    return rig.journal.runs().find(id).orElseThrow();
  }
}
