package holdfast.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.harness.HttpTarget;
import holdfast.harness.Postgres;
import holdfast.incident.Incident;
import holdfast.incident.Incidents;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a page that fails to an incident, through the shipped route. */
class ProbeRouteTest {

  @Test
  void a_page_that_fails_opens_one_incident_of_its_system(@TempDir Path folder) {
    try (HttpTarget page = HttpTarget.start();
        Rig rig = new Rig(folder)) {
      page.behave(HttpTarget.page(500, ""));
      rig.write(
          "systems/roleferry.yml",
          rig.read("systems/roleferry.yml")
              + """

              probes:
                - {name: health, kind: http, component: database, url: "%s", every: 5s, timeout: 2s, failures: 1, severity: critical}
              """
                  .formatted(page.at("/health")));
      rig.start();

      Incidents incidents = rig.bean(Incidents.class);
      List<Incident> open =
          await().atMost(Duration.ofSeconds(60)).until(incidents::open, found -> !found.isEmpty());
      assertThat(open)
          .singleElement()
          .satisfies(
              incident -> {
                assertThat(incident.system()).isEqualTo("roleferry");
                assertThat(incident.severity()).isEqualTo(Severity.CRITICAL);
                assertThat(incident.situation()).isEqualTo(Situation.APPLICATION);
              });
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  Postgres.ask(rig.journal.database(), "SELECT told FROM probe_results")
                      .equals("1"));
      assertThat(page.asked()).isEqualTo(1);
    }
  }
}
