package holdfast.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.camel.RouteFiles.RouteFile;
import holdfast.plan.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped route files: their rules, Camel's schema, their form, and a context that runs them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesTest {

  private static final Set<String> BEGIN_BY_THEMSELVES =
      Set.of(
          "trigger-proof",
          "trigger-sweep",
          "trigger-copy",
          "alarm-test",
          "retention-daily",
          "absence-heartbeat",
          "custody-drill",
          "custody-audit");

  private Rig rig;
  private final List<RouteFile> shipped = new RouteFiles(new Home(Path.of("")), false).read();

  @BeforeAll
  void start(@TempDir Path folder) {
    rig = new Rig(folder).start("holdfast.alone=true");
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @Test
  void every_file_keeps_the_rules_fits_the_schema_and_makes_routes_of_the_real_components() {
    assertThat(shipped).hasSizeGreaterThan(15);
    assertThat(rig.bean(RouteCheck.class).check()).isEmpty();
  }

  @Test
  void every_file_is_loaded_but_those_that_begin_work_by_themselves_and_none_is_put_aside() {
    Routes routes = rig.bean(Routes.class);
    assertThat(routes.aside()).isEmpty();
    assertThat(rig.bean(RouteReload.class).reload("ada").changed()).isEmpty();
    assertThat(routes.working().values())
        .containsExactlyInAnyOrderElementsOf(
            shipped.stream().filter(file -> !BEGIN_BY_THEMSELVES.contains(file.name())).toList());
    assertThat(rig.bean(RoutesHealth.class).health().getStatus().getCode()).isEqualTo("UP");
  }

  @Test
  void alone_no_schedule_is_opened_and_nothing_is_ever_due() {
    rig.bean(Schedules.class).wakeAll();
    rig.clock.move(Duration.ofDays(3));
    rig.bean(Schedules.class).wakeAll();
    assertThat(rig.journal.runs().recent(null, 10)).isEmpty();
    assertThat(rig.camel().getRoutes())
        .noneMatch(route -> route.getRouteId().startsWith("trigger-schedule-"));
  }

  @Test
  void a_queue_that_is_read_by_a_route_of_any_name_is_watched() {
    QueueWatch watch = rig.bean(QueueWatch.class);
    Endpoint endpoint = rig.camel().getEndpoint("direct:some-queue");
    DefaultConsumer consumer = new DefaultConsumer(endpoint, exchange -> {});
    consumer.setRouteId("orders");
    assertThat(watch.rollback(consumer, endpoint, 0, new IOException("gone"))).isFalse();
    assertThat(watch.isBroken("orders")).isTrue();
    watch.commit(consumer, endpoint, 1);

    assertThat(watch.isBroken("orders")).isFalse();
  }

  @Test
  void every_file_survives_a_visual_editor_with_its_comment() {
    for (RouteFile file : shipped) {
      RouteFile written = CanonicalForm.of(file);
      assertThat(tree(written)).as(file.path().toString()).isEqualTo(tree(file));
      assertThat(CanonicalForm.model(written)).isEqualTo(CanonicalForm.model(file));
      assertThat(Examination.quick(written, RouteBeans.OFFERED)).isEmpty();
      assertThat(written.text()).startsWith(file.text().substring(0, file.text().indexOf("\n- ")));
    }
  }

  private static JsonNode tree(RouteFile file) {
    return RouteTree.read(file, new ArrayList<>()).orElseThrow().yaml().root();
  }
}
