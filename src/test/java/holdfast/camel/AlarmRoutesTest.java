package holdfast.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import holdfast.alarm.Inbox;
import holdfast.alarm.Kept;
import holdfast.alarm.Post;
import holdfast.alarm.TurnedAway;
import holdfast.incident.Incident;
import holdfast.incident.Incidents;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.Status;

/** An event on its way through the shipped routes, with everything behind them real. */
class AlarmRoutesTest {

  private static final String FIRING =
      """
      {"version": "4", "status": "firing", "receiver": "holdfast", "groupKey": "g",
       "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {},
       "externalURL": "http://prometheus.example",
       "alerts": [{"status": "firing", "labels": {"alertname": "DatabaseDown", "severity": "critical"},
         "annotations": {"summary": "The database is down"}, "startsAt": "2026-11-21T11:59:00Z",
         "endsAt": "0001-01-01T00:00:00Z", "fingerprint": "a1"}]}
      """;

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(folder);
    rig.environment.put("TOKEN", "a-token-of-the-test");
    rig.senders(
        """
            prometheus:
              kind: alertmanager
              token: {env: TOKEN}
        """);
    rig.start("holdfast.alone=true");
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private static Post post(String token, String body) {
    return new Post(
        "prometheus",
        body.getBytes(StandardCharsets.UTF_8),
        Map.of("authorization", "Bearer " + token));
  }

  private Kept kept(String receipt) {
    return rig.bean(Inbox.class).find(receipt).orElseThrow();
  }

  @Test
  void a_posted_alarm_opens_an_incident_at_once() {
    String receipt =
        rig.bean(Ingress.class).post(post("a-token-of-the-test", FIRING)).orElseThrow();

    await()
        .untilAsserted(
            () ->
                assertThat(kept(receipt).state())
                    .as("%s", kept(receipt))
                    .isEqualTo(Kept.State.DONE));
    assertThat(rig.bean(Incidents.class).open())
        .singleElement()
        .extracting(Incident::title)
        .asString()
        .isEqualTo("The database is down");
  }

  @Test
  void what_is_turned_away_reaches_its_sender_as_such_and_no_incident() {
    Ingress ingress = rig.bean(Ingress.class);
    assertThatThrownBy(() -> ingress.post(post("wrong", FIRING))).isInstanceOf(TurnedAway.class);
    assertThatThrownBy(() -> ingress.knock("prometheus", Map.of(), -1))
        .isInstanceOf(TurnedAway.class);
    assertThat(rig.bean(Incidents.class).open()).isEmpty();
    assertThat(rig.bean(Inbox.class).quarantined(10)).hasSize(2);
  }

  /** The rules for routes cannot see this one: a step is there, and never reached. */
  private void forget(String route) {
    String path = "routes/alarm/" + route + ".camel.yaml";
    String keeping =
        """
                - to:
                    uri: bean
                    parameters:
                      beanName: inbox
                      method: accept
        """;
    String shipped = rig.read(path);
    assertThat(shipped).contains(keeping);
    rig.write(
        path,
        shipped.replace(
            keeping,
            """
                    - filter:
                        expression:
                          simple:
                            expression: ${body} == null
                        steps:
            """
                + keeping.indent(8)));
    assertThat(rig.bean(RouteReload.class).reload("ada").refused()).isEmpty();
  }

  @Test
  void an_edited_route_that_keeps_nothing_accepts_nothing() {
    Ingress ingress = rig.bean(Ingress.class);
    forget("alarm-webhook");
    forget("alarm-operator");

    assertThatThrownBy(() -> ingress.post(post("a-token-of-the-test", FIRING)))
        .isInstanceOfSatisfying(
            RunException.class, lost -> assertThat(lost.code()).isEqualTo(Code.UNREACHABLE))
        .hasMessage(
            "The route alarm-webhook came to its end and kept no event: its bean inbox must accept each.");
    assertThatThrownBy(
            () ->
                ingress.enter(
                    new Post("prometheus", FIRING.getBytes(StandardCharsets.UTF_8), Map.of())))
        .hasMessageStartingWith("The route alarm-operator came to its end and kept no event");
    assertThat(rig.bean(Incidents.class).open()).isEmpty();
  }

  @Test
  void health_is_down_and_names_the_ways_in_that_keep_nothing_until_they_are_mended() {
    RoutesHealth health = rig.bean(RoutesHealth.class);
    String shipped = rig.read("routes/alarm/alarm-webhook.camel.yaml");
    forget("alarm-webhook");
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    assertThatThrownBy(() -> rig.bean(Ingress.class).post(post("a-token-of-the-test", FIRING)))
        .isInstanceOf(RunException.class);
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.health().getDetails())
        .containsEntry("keeping no event", List.of("alarm-webhook"));
    rig.write("routes/alarm/alarm-webhook.camel.yaml", shipped);
    assertThat(rig.bean(RouteReload.class).reload("ada").refused()).isEmpty();

    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void what_nobody_can_read_is_kept_aside_and_one_incident_says_so() {
    Ingress ingress = rig.bean(Ingress.class);
    String bad = ingress.post(post("a-token-of-the-test", "hello")).orElseThrow();
    String worse = ingress.post(post("a-token-of-the-test", "hello again")).orElseThrow();

    await().until(() -> kept(worse).state() == Kept.State.QUARANTINED);
    assertThat(kept(bad).state()).isEqualTo(Kept.State.QUARANTINED);
    assertThat(rig.bean(Incidents.class).open())
        .singleElement()
        .extracting(Incident::title)
        .isEqualTo("Events from prometheus cannot be read");
  }

  @Test
  void an_operator_hands_in_an_event_as_its_sender() {
    String receipt =
        rig.bean(Ingress.class)
            .enter(new Post("prometheus", FIRING.getBytes(StandardCharsets.UTF_8), Map.of()));
    await()
        .untilAsserted(
            () ->
                assertThat(kept(receipt).state())
                    .as("%s", kept(receipt))
                    .isEqualTo(Kept.State.DONE));
    assertThat(rig.bean(Incidents.class).open()).hasSize(1);
  }
}
