package holdfast.notify;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.JournalNode;
import holdfast.harness.SettableClock;
import holdfast.incident.AckLinks;
import holdfast.incident.Notice;
import holdfast.plan.Home;
import holdfast.plan.Installation;
import holdfast.plan.PlanLoader;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoticesTest {

  private static final Instant AT = Instant.parse("2026-11-21T03:00:00Z");
  private static final SettableClock CLOCK = new SettableClock(AT);
  private static final JournalNode JOURNAL = JournalNode.fresh(CLOCK);
  private static final Pattern KEY = Pattern.compile("/ack\\?key=([A-Za-z0-9_-]{32})");

  private final AckLinks links = new AckLinks(JOURNAL.transaction(), CLOCK);
  private final Plans plans = plans(Path.of("").toAbsolutePath());

  @Test
  void a_new_incident_says_what_since_when_who_is_called_what_is_next_and_how_to_acknowledge() {
    Message mail = compose(notice(Notice.Type.OPENED, "Database does not answer"), "ops-email");

    assertThat(mail.subject()).isEqualTo("CRITICAL roleferry: Database does not answer");
    assertThat(mail.text().replaceAll("key=\\S+", "key=KEY"))
        .isEqualTo(
            """
            CRITICAL roleferry: Database does not answer

            CRITICAL  ·  new\s
            Three probes in a row got no answer.

            System         roleferry
            Since          21 Nov 2026, 02:58:00 UTC
            Kind           database
            Called         DevOps Lead, Database Administrator (level 1)
            Then           level 2 (Engineering Manager) is told at 05:00 UTC unless somebody acknowledges
            Events         4
            Probe          tcp
            Incident       I-7
            Page           https://holdfast.example.com/incidents/I-7

            What to do: Say that you are on it: holdfast incident ack I-7
            Or here: https://holdfast.example.com/incidents/I-7/ack?key=KEY
            """);
    assertThat(mail.to())
        .isEqualTo("devops@roleferry.example,dba@roleferry.example,ops@roleferry.example");
    assertThat(mail.html()).contains(">Acknowledge</a>", "Engineering Manager");
    assertThat(mail.brief())
        .isEqualTo("CRITICAL roleferry: Database does not answer. holdfast incident ack I-7");
    assertThat(mail.kind()).isEqualTo("Holdfast incident opened");
  }

  @Test
  void all_mails_of_an_incident_belong_together_and_each_says_what_is_new() {
    Message opened = compose(notice(Notice.Type.OPENED, "Slow"), "ops-email");
    Message escalated = compose(notice(Notice.Type.ESCALATED, "Slow"), "ops-email");
    Message resolved = compose(notice(Notice.Type.RESOLVED, "Slow"), "ops-email");

    assertThat(escalated.subject()).isEqualTo("Re: " + opened.subject());
    assertThat(List.of(opened.thread(), escalated.thread(), resolved.thread()))
        .containsOnly("<incident-I-7@holdfast>");
    assertThat(escalated.text()).startsWith("CRITICAL roleferry: Slow - level 1 is called\n");
    assertThat(resolved.text()).startsWith("CRITICAL roleferry: Slow - resolved\n");
    assertThat(resolved.topicSubject()).isEqualTo("CRITICAL roleferry: Slow - resolved");
    assertThat(resolved.html()).doesNotContain("Acknowledge");
  }

  @Test
  void only_mail_carries_a_key_and_the_key_works_once_and_for_a_day() {
    assertThat(compose(notice(Notice.Type.OPENED, "Down"), "ops-slack").slack())
        .doesNotContain("key=");
    String key = key(compose(notice(Notice.Type.OPENED, "Down"), "ops-email"));
    String late = key(compose(notice(Notice.Type.OPENED, "Down"), "ops-email"));

    assertThat(links.find("I-8", key)).isEmpty();
    for (int i = 0; i < 10; i++) {
      assertThat(links.find("I-7", key).orElseThrow().recipient()).isEqualTo("ops-email");
    }
    assertThat(links.use("I-7", key)).isPresent();
    assertThat(links.use("I-7", key)).isEmpty();
    assertThat(links.find("I-7", key)).isEmpty();
    assertThat(links.use("I-7", "")).isEmpty();
    CLOCK.move(Duration.ofHours(25));
    assertThat(links.use("I-7", late)).isEmpty();
    CLOCK.set(AT);
    assertThat(JOURNAL.transaction().sql("SELECT hash FROM ack_links").query(String.class).list())
        .doesNotContain(key, late);
  }

  @ParameterizedTest
  @EnumSource(Notice.Type.class)
  void every_kind_of_notice_has_words_in_every_form(Notice.Type type) {
    Message message = compose(notice(type, "Title"), "ops-email");
    assertThat(message.text()).contains("Title").doesNotContain("null", "${", "[(");
    assertThat(message.html()).contains("Title").doesNotContain("null", " th:", "${");
    assertThat(message.slack()).contains("Title").doesNotContain("null");
    assertThat(message.brief()).matches("[\\x20-\\x7e]{1,140}");
  }

  @Test
  void customers_are_told_nothing_of_what_is_inside() {
    Message message = compose(notice(Notice.Type.CUSTOMER, "Logins are slow"), "ops-slack");
    assertThat(message.slack())
        .isEqualTo("Logins are slow\n\nThree probes in a row got no answer.\n");
    assertThat(message.text() + message.html())
        .doesNotContain("DevOps", "I-7", "incident ack", "probe\n", "tcp");
  }

  static List<String> hostile() {
    return List.of(
        "<script>alert(1)</script>",
        "<!channel> <!here> <@U1> <https://evil.example|click> <!subteam^S1>",
        "x\r\nBcc: everybody@example.org\r\n\r\nbody",
        "\u2028\u2029\u0000\u0007\u0085\u001b[31m ${T(java.lang.Runtime).getRuntime()} [[${7*7}]]",
        "{{x}} #{x} @{x} ~{x} *{x} [(${7*7})]",
        "&lt;b&gt; \"quoted\" 'single' `code` *bold* _under_ ~strike~",
        "\u202e\u2066right to left\u2069",
        "Ü😀".repeat(5_000),
        "<img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostile_text_stays_text_in_every_channel(String hostile) {
    Notice notice =
        new Notice(
            Notice.Type.ESCALATED,
            "I-7",
            "roleferry",
            Severity.CRITICAL,
            Situation.DATABASE,
            hostile,
            hostile,
            1,
            List.of(hostile),
            AT,
            AT,
            AT,
            1,
            Map.of("key" + hostile, hostile));
    Message message = compose(notice, "ops-email");

    assertThat(message.html()).doesNotContain("<script", "<img", "<!channel>", "<@U1>", "<https");
    assertThat(message.slack()).doesNotContain("<", "\r").hasSizeLessThanOrEqualTo(3500);
    assertThat(message.subject()).doesNotContain("\r", "\n").hasSizeLessThanOrEqualTo(150);
    assertThat(message.topicSubject()).matches("[\\x20-\\x7e]{1,100}");
    assertThat(message.brief())
        .matches("[\\x20-\\x7e&&[^\\[\\]{}^~`|\\\\]]{1,140}")
        .endsWith(". holdfast incident ack I-7");
    String all = message.text() + message.slack() + message.subject();
    assertThat(KEY.matcher(all).replaceAll(""))
        .doesNotContain("\u0000", "\u001b", "\u2028", "\u202e", "\u2066", "49");
    assertThat(message.text().lines().noneMatch(line -> line.startsWith("Bcc"))).isTrue();
  }

  @Test
  void a_template_of_the_operator_is_used_as_soon_as_it_is_there(@TempDir Path home)
      throws Exception {
    Templates templates = new Templates(new Home(home));
    Letter letter = new NoticeWords(plans).of(notice(Notice.Type.OPENED, "Down"), "");
    assertThat(templates.render(Templates.Name.SLACK, letter)).startsWith("*CRITICAL");
    write(home, "slack.txt", "Ours: [(${letter.subject})], mail ops@roleferry.example");
    assertThat(templates.render(Templates.Name.SLACK, letter))
        .isEqualTo("Ours: CRITICAL roleferry: Down, mail ops@roleferry.example");
    assertThat(templates.findings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[(${letter.subjekt})]",
        "[(${letter.subject}",
        "[(${T(java.lang.Runtime).getRuntime()})] [(${letter.subject})]",
        "[(${new java.io.File('x')})] [(${letter.subject})]",
        "[(${@secrets.toString()})] [(${letter.subject})]",
        "[(${letter.getClass()})] [(${letter.subject})]",
        "[(${letter.facts[7].value})]",
        "Nothing of the letter."
      })
  void a_broken_template_is_left_alone_and_reported(String text, @TempDir Path home)
      throws Exception {
    write(home, "slack.txt", text);
    Templates templates = new Templates(new Home(home));
    Letter letter = new NoticeWords(plans).of(notice(Notice.Type.OPENED, "Down"), "");
    assertThat(templates.render(Templates.Name.SLACK, letter)).startsWith("*CRITICAL roleferry");
    assertThat(templates.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.file()).isEqualTo(Path.of("templates/slack.txt"));
              assertThat(finding.what()).startsWith("This template cannot be used").endsWith(".");
            });
  }

  @Test
  void a_page_that_shows_a_value_unescaped_is_not_used(@TempDir Path home) throws Exception {
    write(home, "letter.html", "<p th:utext=\"${letter.sentence}\">x</p>");
    assertThat(new Templates(new Home(home)).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.what()).contains("th:text instead of th:utext"));
  }

  private static void write(Path home, String file, String text) throws Exception {
    Files.createDirectories(home.resolve("templates"));
    Files.writeString(home.resolve("templates").resolve(file), text);
  }

  private static String key(Message mail) {
    Matcher key = KEY.matcher(mail.text());
    assertThat(key.find()).isTrue();
    return key.group(1);
  }

  private Message compose(Notice notice, String channel) {
    Map<String, Object> row = new HashMap<>();
    row.put("id", 7L);
    row.put("channel", channel);
    row.put("event", notice.json());
    return new Messages(plans, links).compose(row);
  }

  private static Notice notice(Notice.Type type, String title) {
    return new Notice(
        type,
        "I-7",
        "roleferry",
        Severity.CRITICAL,
        Situation.DATABASE,
        title,
        "Three probes in a row got no answer.",
        1,
        List.of("DevOps Lead", "Database Administrator"),
        AT.minusSeconds(120),
        AT,
        Instant.parse("2026-11-21T05:00:00Z"),
        4,
        Map.of("probe", "tcp"));
  }

  private static Plans plans(Path home) {
    Plans shipped = new PlanLoader(new Home(home)).load().plans().orElseThrow();
    Installation all = shipped.installation();
    Installation addressed =
        new Installation(
            all.stores(),
            all.connections(),
            all.keys(),
            all.channels(),
            all.senders(),
            all.journal(),
            all.scratch(),
            all.alarmRules(),
            URI.create("https://holdfast.example.com"),
            all.escalation());
    return new Plans(shipped.home(), addressed, shipped.systems());
  }
}
