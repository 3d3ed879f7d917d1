package holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What somebody types at three in the morning, on the real service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IncidentCommandsTest {

  private static final String EVENT =
      """
      {"version": "4", "status": "%s", "receiver": "holdfast", "groupKey": "g",
       "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {},
       "externalURL": "http://prometheus.example",
       "alerts": [{"status": "%s", "labels": {"alertname": "DiskFull", "severity": "critical"},
         "annotations": {"summary": "The disk is full"}, "startsAt": "2026-11-21T11:59:00Z",
         "endsAt": "%s", "fingerprint": "a1"}]}
      """;

  private House house;

  @BeforeAll
  void start() {
    house = House.of(new House.Wishes()).serve();
  }

  @AfterAll
  void stop() {
    house.close();
  }

  private Typed typed(String... words) {
    return Typed.in(house.home, words);
  }

  private JsonNode json(String... words) throws IOException {
    Typed typed = typed(words);
    assertThat(typed.exit()).as(typed.toString()).isZero();
    return new ObjectMapper().readTree(String.join("", typed.lines()));
  }

  private String opened(String title) {
    Typed opened =
        typed(
            "incident",
            "open",
            title,
            "--system",
            "roleferry",
            "--severity",
            "critical",
            "--situation",
            "database");
    assertThat(opened.exit()).as(opened.toString()).isZero();
    assertThat(opened.lines()).singleElement().asString().startsWith("Opened ").endsWith(".");
    return opened.lines().get(0).replaceAll("Opened (.*)\\.", "$1");
  }

  private void assertSays(String words, String... command) {
    Typed typed = typed(command);
    assertThat(typed.exit()).as(typed.toString()).isZero();
    assertThat(typed.lines()).containsExactly(words);
  }

  @Test
  void an_incident_is_opened_told_of_acknowledged_and_resolved() throws IOException {
    String id = opened("Database gone");
    assertThat(typed("incident", "list").lines())
        .anySatisfy(
            line -> assertThat(line).contains(id, "critical", "roleferry", "Database gone"));
    assertThat(json("incident", "list", "--json").path("incidents").findValuesAsText("id"))
        .contains(id);

    assertSays("Noted.", "incident", "note", id, "The disk is full");
    assertSays("Noted.", "incident", "estimate", id, "45");
    assertSays("Acknowledged. Nobody else is called.", "incident", "ack", id);
    assertSays("Resolved.", "incident", "resolve", id, "A larger disk");

    assertThat(typed("incident", "show", id).lines())
        .startsWith("Database gone: critical, database, resolved")
        .anyMatch(line -> line.endsWith("The disk is full"));
    JsonNode shown = json("incident", "show", id, "--json");
    assertThat(shown.path("incident").path("acknowledgedVia").asText()).isEqualTo("cli");
    assertThat(shown.path("incident").path("resolution").asText()).isEqualTo("A larger disk");
    assertThat(shown.path("timeline").findValuesAsText("kind"))
        .containsSubsequence("OPENED", "NOTE", "ACKNOWLEDGED", "RESOLVED");
    assertThat(json("incident", "list", "--json").path("incidents").findValuesAsText("id"))
        .doesNotContain(id);
    assertThat(json("incident", "list", "--all", "--json").path("incidents").findValuesAsText("id"))
        .contains(id);
  }

  @Test
  void what_cannot_be_done_is_one_sentence_and_an_exit_code() {
    for (String[] command :
        new String[][] {
          {"incident", "show", "none"},
          {"incident", "ack", "none"},
          {"incident", "note", "none", "text"},
          {"incident", "estimate", "none", "5"},
          {"incident", "resolve", "none", "text"}
        }) {
      Typed typed = typed(command);
      assertThat(typed.exit()).as(typed.toString()).isNotZero();
      assertThat(typed.complaints()).isEqualTo("There is no incident none.\n");
    }
    Typed severity = typed("incident", "open", "x", "--severity", "terrible");
    assertThat(severity.exit()).isNotZero();
    assertThat(severity.complaints()).contains("severity").doesNotContain("Exception");
    assertThat(typed("incident", "resolve", "none").exit()).as("without a reason").isEqualTo(2);
  }

  private Typed alarm(String event) throws IOException {
    Files.writeString(house.home.resolve("event.json"), event);
    return typed("alarm", house.home.resolve("event.json").toString());
  }

  @Test
  void an_event_is_handed_in_and_its_incident_named() throws IOException {
    Typed fires = alarm(EVENT.formatted("firing", "firing", "0001-01-01T00:00:00Z"));
    assertThat(fires.exit()).as(fires.toString()).isZero();
    assertThat(fires.lines().get(0)).isEqualTo("FIRING CRITICAL: The disk is full");
    String incident = fires.lines().get(1).replace("incident ", "");
    assertThat(typed("incident", "show", incident).lines().get(0))
        .startsWith("The disk is full: critical");

    Typed clears = alarm(EVENT.formatted("resolved", "resolved", "2026-11-21T12:05:00Z"));
    assertThat(clears.exit()).as(clears.toString()).isZero();
    assertThat(clears.lines().get(0)).isEqualTo("CLEARED CRITICAL: The disk is full");
  }

  @Test
  void an_event_that_says_nothing_is_told_of_as_such() throws IOException {
    Typed nonsense = alarm("hello");
    assertThat(nonsense.exit()).isEqualTo(1);
    assertThat(nonsense.complaints()).startsWith("It is in quarantine. ");

    Typed missing = typed("alarm", "no-such-file");
    assertThat(missing.exit()).isEqualTo(2);
    assertThat(missing.complaints())
        .isEqualTo("The file no-such-file cannot be read: name one that holds an event.\n");

    Typed stranger = typed("alarm", house.home.resolve("event.json").toString(), "--sender", "x");
    assertThat(stranger.exit()).isNotZero();
    assertThat(stranger.complaints()).contains("There is no sender of this name");
  }
}
