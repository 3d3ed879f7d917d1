package holdfast.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.camel.RouteReload.Outcome;
import holdfast.journal.Audit;
import holdfast.plan.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are edited under a running service. */
class RouteReloadTest {

  private static final String FILE = "routes/trigger/trigger-greeting.camel.yaml";
  private static final String GREETING =
      """
      # Answers whoever asks.
      - route:
          id: trigger-greeting
          description: Answer
          routeConfigurationId: policy-wake
          from:
            uri: direct
            parameters:
              name: greeting
            steps:
              - to:
                  uri: bean
                  parameters:
                    beanName: gate
                    method: pass
              - setBody:
                  expression:
                    constant:
                      expression: first
      """;

  @TempDir Path folder;
  private Rig rig;
  private final Gate gate = new Gate();

  /** Holds an exchange inside the route while a test wants it there. */
  public static final class Gate {
    volatile CountDownLatch entered = new CountDownLatch(0);
    volatile CountDownLatch open = new CountDownLatch(0);

    public void pass() throws InterruptedException {
      entered.countDown();
      assertThat(open.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @BeforeEach
  void start() throws Exception {
    rig = new Rig(folder);
    rig.beans.put("gate", gate);
    rig.write(FILE, GREETING);
    rig.start("holdfast.routes.watch=0s");
    rig.camel()
        .addRoutes(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:java").routeId("java").setBody(constant("java"));
              }
            });
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void nothing_changed_means_nothing_done() {
    Outcome outcome = reload();
    assertThat(outcome.changed()).isEmpty();
    assertThat(outcome.refused()).isEmpty();
  }

  @Test
  void a_right_edit_is_live_at_once_and_every_other_route_survives() {
    int before = rig.camel().getRoutesSize();
    rig.write(FILE, GREETING.replace("expression: first", "expression: second"));
    Outcome outcome = reload();

    assertThat(outcome.refused()).isEmpty();
    assertThat(outcome.changed()).containsExactly(FILE);
    assertThat(ask("greeting")).isEqualTo("second");
    assertThat(ask("java")).isEqualTo("java");
    assertThat(rig.camel().getRoutesSize()).isEqualTo(before);
    assertThat(rig.bean(Audit.class).newest(1).get(0).action()).isEqualTo("route.swapped");
    assertThat(rig.bean(Audit.class).newest(1).get(0).actor()).isEqualTo("operator");
  }

  @Test
  void a_typo_is_refused_with_file_and_line_and_the_old_version_keeps_serving() {
    rig.write(FILE, GREETING.replace("setBody:", "setBodyy:"));
    Outcome outcome = reload();

    assertThat(outcome.changed()).isEmpty();
    assertThat(outcome.refused().get(0).toString())
        .startsWith(FILE + ":16: ")
        .contains("'setBodyy'");
    assertThat(ask("greeting")).isEqualTo("first");
    assertThat(rig.bean(Audit.class).newest(1).get(0).action()).isEqualTo("route.refused");

    rig.write(FILE, GREETING.replace("expression: first", "expression: mended"));
    assertThat(reload().changed()).containsExactly(FILE);
    assertThat(ask("greeting")).isEqualTo("mended");
  }

  @Test
  void a_file_that_only_fails_while_it_starts_leaves_the_old_version_running() {
    rig.write(
        FILE, GREETING.replace("name: greeting", "name: trigger-operator").replace("first", "x"));
    Outcome outcome = reload();
    assertThat(outcome.refused()).isNotEmpty();
    assertThat(ask("greeting")).isEqualTo("first");
  }

  @Test
  void a_deleted_file_takes_its_route_along() throws Exception {
    Files.delete(folder.resolve(FILE));
    assertThat(reload().changed()).containsExactly(FILE);
    assertThat(rig.camel().getRoute("trigger-greeting")).isNull();
    assertThat(ask("java")).isEqualTo("java");
  }

  @Test
  void a_file_that_others_still_call_is_not_taken_out() throws Exception {
    Files.delete(folder.resolve("routes/backup/backup-run.camel.yaml"));
    Outcome outcome = reload();
    assertThat(outcome.changed()).isEmpty();
    assertThat(outcome.refused().get(0).toString())
        .contains("No route starts from direct 'backup-run'");
    assertThat(rig.camel().getRoute("backup-run")).isNotNull();
  }

  @Test
  void a_route_with_work_inside_waits_until_that_is_done() throws Exception {
    gate.entered = new CountDownLatch(1);
    gate.open = new CountDownLatch(1);
    var caller = Executors.newSingleThreadExecutor();
    try {
      var answer = caller.submit(() -> ask("greeting"));
      assertThat(gate.entered.await(20, TimeUnit.SECONDS)).isTrue();
      rig.write(FILE, GREETING.replace("expression: first", "expression: second"));

      Outcome outcome = reload();
      assertThat(outcome.changed()).isEmpty();
      assertThat(outcome.refused())
          .singleElement()
          .satisfies(f -> assertThat(f.level()).isEqualTo(Finding.Level.WARNING));

      gate.open.countDown();
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("first");
      await().until(() -> reload().changed().contains(FILE));
      assertThat(ask("greeting")).isEqualTo("second");
    } finally {
      caller.shutdownNow();
    }
  }

  @Test
  void an_edited_template_replaces_the_routes_made_from_it() {
    String file = "routes/trigger/trigger-schedule.camel.yaml";
    rig.write(file, rig.read(file).replace("Wake one schedule entry", "Wake it"));
    int before = rig.camel().getRoutesSize();
    assertThat(reload().refused()).isEmpty();
    assertThat(rig.camel().getRoutesSize()).isEqualTo(before);
    assertThat(rig.camel().getRoute("trigger-schedule-roleferry-database-nightly")).isNotNull();
  }

  @Test
  void an_edited_policy_reaches_the_routes_that_follow_it() {
    String file = "routes/policy/policy-wake.camel.yaml";
    rig.write(file, rig.read(file).replace("will try again", "tries again"));
    Outcome outcome = reload();
    assertThat(outcome.refused()).isEmpty();
    assertThat(outcome.changed()).contains(file, FILE);
    assertThat(ask("greeting")).isEqualTo("first");
  }

  @Test
  void the_watch_reloads_once_an_edit_has_stood_still_also_through_a_swapped_link()
      throws Exception {
    Path real = folder.resolve("mounted");
    Files.createDirectories(real.resolve("one"));
    Files.createDirectories(real.resolve("two"));
    Files.writeString(real.resolve("one/f"), GREETING);
    Files.writeString(
        real.resolve("two/f"), GREETING.replace("expression: first", "expression: linked"));
    Path current = folder.resolve("routes/trigger/..data");
    Files.createSymbolicLink(current, real.resolve("one"));
    Files.delete(folder.resolve(FILE));
    Files.createSymbolicLink(folder.resolve(FILE), Path.of("..data/f"));
    RouteWatch watch = rig.bean(RouteWatch.class);
    watch.start();

    Files.delete(current);
    Files.createSymbolicLink(current, real.resolve("two"));
    watch.look();
    assertThat(ask("greeting")).isEqualTo("first");
    watch.look();
    assertThat(ask("greeting")).isEqualTo("linked");
  }

  private Outcome reload() {
    return rig.bean(RouteReload.class).reload("operator");
  }

  private String ask(String name) {
    return rig.camel().createProducerTemplate().requestBody("direct:" + name, "", String.class);
  }
}
