package holdfast.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of operators stand before the shipped ones, and only they bind an alarm to a system. */
class RulebookTest {

  private static final Path EVENTS = Path.of("src/test/resources/alarms");

  @TempDir private Path home;

  @Test
  void without_a_rule_an_alarm_is_about_no_system_of_ours() throws IOException {
    Alarm alarm = read("", "", "rds-failover-started.json");

    assertThat(alarm.subject().system()).isNull();
    assertThat(alarm.subject().component()).isNull();
    assertThat(alarm.subject().asset()).isNull();
    assertThat(alarm.situation()).isEqualTo(Situation.DATABASE);
  }

  @Test
  void a_rule_of_a_system_binds_and_leaves_open_what_it_does_not_name() throws IOException {
    Alarm alarm =
        read(
            "",
            "alarms: [{match: {resource: '*:db:ord?rs'}, asset: database}]",
            "rds-failover-started.json");

    assertThat(alarm.subject().system()).isEqualTo("shop");
    assertThat(alarm.subject().component()).isEqualTo("database");
    assertThat(alarm.subject().asset()).isEqualTo("database");
    assertThat(alarm.severity()).isEqualTo(Severity.HIGH);
    assertThat(alarm.title()).startsWith("RDS orders: ");
  }

  @Test
  void the_first_rule_wins_field_by_field_and_systems_come_first() throws IOException {
    Alarm alarm =
        read(
            """
              alarms:
                rules:
                  - {match: {kind: rds-*}, severity: low, situation: application}
                  - {match: {kind: rds-event}, severity: medium, title: From the installation}
            """,
            """
            alarms:
              - {match: {detail: {id: [X, rds-event-0013]}}, severity: critical, component: database}
              - {match: {detail: {/detail/SourceIdentifier: orders}}, severity: medium}
            """,
            "rds-failover-started.json");

    assertThat(alarm.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alarm.situation()).isEqualTo(Situation.APPLICATION);
    assertThat(alarm.title()).isEqualTo("From the installation");
    assertThat(alarm.subject().system()).isEqualTo("shop");
  }

  @Test
  void every_field_of_a_match_must_fit() throws IOException {
    Alarm alarm =
        read(
            "",
            "alarms: [{match: {kind: rds-event, account: 111111111111}, severity: low}]",
            "rds-failover-started.json");

    assertThat(alarm.severity()).isEqualTo(Severity.HIGH);
    assertThat(alarm.subject().system()).isNull();
  }

  @Test
  void a_rule_can_silence_and_can_wake() throws IOException {
    String silence = "  alarms: {rules: [{match: {sender: hold*}, state: informational}]}\n";
    String wake =
        "  alarms: {rules: [{match: {text: '*roof*fire*'}, state: firing, severity: critical}]}\n";

    assertThat(read(silence, "", "rds-failover-started.json").state())
        .isEqualTo(Alarm.State.INFORMATIONAL);
    assertThat(read(wake, "", "sns-words.json").state()).isEqualTo(Alarm.State.FIRING);
  }

  @Test
  void what_is_over_is_over_whatever_a_rule_fires() throws IOException {
    String wake = "  alarms: {rules: [{match: {kind: '*'}, state: firing}]}\n";

    assertThat(read(wake, "", "cloudwatch-lag-cleared-lambda.json").state())
        .isEqualTo(Alarm.State.CLEARED);
  }

  @Test
  void no_rule_wakes_a_message_of_our_own() throws IOException {
    String wake = "  alarms: {rules: [{match: {kind: '*'}, state: firing}]}\n";

    for (String own :
        new String[] {
          "own-eventbridge.json",
          "own-attribute.json",
          "pagerduty-own.json",
          "pagerduty-own-v2.json"
        }) {
      assertThat(read(wake, "", own).state()).as(own).isEqualTo(Alarm.State.INFORMATIONAL);
    }
  }

  @Test
  void a_stranger_that_only_speaks_of_us_is_not_silenced() throws IOException {
    Alarm alarm =
        reader("", "")
            .read(
                arrival(
                    Files.readString(EVENTS.resolve("guardduty-high.json"))
                        .replace(
                            "An instance asks", "holdfast-origin: holdfast: an instance asks")))
            .alarms()
            .get(0);

    assertThat(alarm.state()).isEqualTo(Alarm.State.FIRING);
    assertThat(alarm.kind()).isEqualTo("guardduty");
  }

  private AlarmReader reader(String application, String system) throws IOException {
    Path folder = Files.createTempDirectory(home, "plan");
    return new AlarmReader(AlarmPlans.of(folder, application, system));
  }

  private Alarm read(String application, String system, String file) throws IOException {
    return reader(application, system)
        .read(arrival(Files.readString(EVENTS.resolve(file))))
        .alarms()
        .get(0);
  }

  private static Arrival arrival(String body) {
    return new Arrival(
        "r1", "holdfast", "auto", Instant.parse("2026-11-20T12:00:00Z"), null, Map.of(), body);
  }
}
