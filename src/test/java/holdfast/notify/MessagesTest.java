package holdfast.notify;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.JournalNode;
import holdfast.incident.AckLinks;
import holdfast.journal.Event;
import holdfast.journal.Event.Type;
import holdfast.plan.AssetId;
import holdfast.plan.Home;
import holdfast.plan.PlanLoader;
import holdfast.plan.Plans;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {

  private static final Instant AT = Instant.parse("2026-11-21T02:03:12Z");

  private final Plans plans =
      new PlanLoader(new Home(Path.of("").toAbsolutePath())).load().plans().orElseThrow();
  private static final JournalNode JOURNAL = JournalNode.fresh(InstantSource.fixed(AT));
  private final Messages messages =
      new Messages(plans, new AckLinks(JOURNAL.transaction(), InstantSource.fixed(AT)));

  @Test
  void a_good_point_says_what_when_how_long_how_big_and_what_to_do() {
    Message message =
        message(
            Type.POINT_GOOD,
            Map.of(
                "plainBytes",
                1_500_000_000L,
                "sealedBytes",
                312_000_000L,
                "seconds",
                192,
                "rows",
                1_200_000,
                "tables",
                12,
                "stores",
                List.of("primary"),
                "proofFollows",
                true,
                "nextAt",
                "2026-11-22T02:00:00Z"));

    assertThat(message.subject())
        .isEqualTo("roleferry/database: backup good, 1.5 GB in 3 min 12 s");
    assertThat(message.text())
        .isEqualTo(
            """
            roleferry/database: backup good, 1.5 GB in 3 min 12 s

            GOOD  ·  1.5 GB read from the source
            A new recovery point of roleferry/database is complete and its copies were checked.

            What           roleferry/database
            When           21 Nov 2026, 02:03:12 UTC
            Took           3 min 12 s
            Size           1.5 GB, 312 MB compressed and sealed
            Rows           1,200,000 in 12 tables
            Copies         primary
            Next run       22 Nov 2026, 02:00:00 UTC
            Point          20261121T020000000-abcdef
            Run            20261121T020000000-abcdef

            What to do: Nothing. It is being proven by a restore now; the verdict follows.
            """);
    assertThat(message.slack()).startsWith("*roleferry/database: backup good, 1.5 GB");
    assertThat(message.html()).contains(">GOOD<", ">1.5 GB<", "3 min 12 s", "02:03:12 UTC");
    assertThat(message.kind()).isEqualTo("Holdfast point good");
  }

  @Test
  void a_proof_names_the_measured_time_beside_its_target() {
    Message message =
        message(Type.POINT_PROVEN, Map.of("restoreSeconds", 41.2, "rtoMet", true, "seconds", 50));
    assertThat(message.subject()).isEqualTo("roleferry/database: proven, restored in 41 s");
    assertThat(message.text()).contains("against a target of 2 h 0 min");
    assertThat(message(Type.POINT_PROVEN, Map.of("rtoMet", false)).subject())
        .contains("proven, but slowly");
  }

  @Test
  void a_failed_proof_names_the_point_to_rely_on() {
    Message message =
        message(
            Type.PROOF_FAILED,
            Map.of(
                "reason",
                "Table users has 7 rows instead of 8.",
                "previousPoint",
                "older",
                "previousState",
                "PROVEN"));
    assertThat(message.subject()).contains("PROOF FAILED");
    assertThat(message.text())
        .contains("Table users has 7 rows instead of 8.", "Rely on older (PROVEN) until then.");
  }

  @ParameterizedTest
  @EnumSource(Type.class)
  void every_event_has_words_even_without_facts(Type type) {
    Message message = message(type, Map.of());
    assertThat(message.subject()).startsWith("roleferry/database: ");
    assertThat(message.text()).contains("What to do: ").doesNotContain("null", "[", "${");
    assertThat(message.html()).contains("What to do:").doesNotContain("null", " th:", "${");
    assertThat(message.slack()).contains("*What to do:*").doesNotContain("null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<!channel> <!here> <@U1> <https://evil.example|click>",
        "x\r\nBcc: everybody@example.org\r\n\r\nbody",
        "\u2028\u0000\u0007 ${T(java.lang.Runtime).getRuntime()} [[${7*7}]] {{x}}",
        "&lt;b&gt; \"quoted\" 'single'"
      })
  void hostile_text_stays_text_in_every_channel(String hostile) {
    Message message = message(Type.BACKUP_FAILED, Map.of("failure", hostile, "trigger", hostile));

    assertThat(message.html()).doesNotContain("<script", "<!channel>", "<@U1>", "<https");
    assertThat(message.slack()).doesNotContain("<").doesNotContain("\r");
    assertThat(message.subject()).doesNotContain("\r", "\n");
    assertThat(message.topicSubject()).matches("[\\x20-\\x7e]{1,100}");
    assertThat(message.text()).doesNotContain("\r", "\u0000", "49");
  }

  @Test
  void long_text_is_cut_and_every_attempt_has_the_same_id() {
    Map<String, Object> facts = Map.of("failure", "Ü😀".repeat(5_000));
    Message message = message(Type.BACKUP_FAILED, facts);
    assertThat(message.slack().length()).isLessThanOrEqualTo(Encoding.SLACK_MAX);
    assertThat(message.text().length()).isLessThan(5_000);
    assertThat(message.messageId())
        .isEqualTo(message(Type.BACKUP_FAILED, facts).messageId())
        .isEqualTo("<outbox-7.20261121T020000000-abcdef@holdfast>");
    assertThat(Encoding.ascii("Zürich – naïve 😀" + "x".repeat(200), 100))
        .startsWith("Zurich ? naive ")
        .hasSize(100)
        .endsWith("...");
  }

  private Message message(Type type, Map<String, Object> facts) {
    String id = "20261121T020000000-abcdef";
    Event event =
        new Event(
            type, AssetId.parse("roleferry/database"), id, id, AT, facts, List.of("ops-slack"));
    Map<String, Object> row = new HashMap<>();
    row.put("id", 7L);
    row.put("event", event.json());
    return messages.compose(row);
  }
}
