package holdfast.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.harness.MailServer;
import holdfast.harness.Receiver;
import holdfast.harness.Receiver.Fault;
import holdfast.incident.AlarmTestRun;
import holdfast.incident.AlarmTestWatch;
import holdfast.incident.AlarmTests;
import holdfast.incident.Incident;
import holdfast.incident.Incidents;
import holdfast.incident.Notice;
import holdfast.journal.Outbox.Entry;
import holdfast.plan.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daily test of the way of alarms, on the shipped routes and on servers that really answer. */
class AlarmTestsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Rig rig;
  private final Receiver receiver = Receiver.start();
  private final MailServer mail = MailServer.start();

  @BeforeEach
  void prepare() {
    rig = new Rig(folder);
    rig.environment.put("TOKEN", "xoxb-test");
    rig.environment.put("ROUTING", "0123456789abcdef0123456789abcdef");
    rig.environment.put("HOOK", receiver.at("/hook").toString());
    rig.environment.put("HOOK_SECRET", "hook-secret");
    rig.environment.put("PAGE_TOKEN", "page-token");
    rig.environment.put("KEY", "some-key");
    plan("[chat, mail, texts, duty, hook, page]");
    rig.write(
        "systems/roleferry.yml",
        rig.read("systems/roleferry.yml")
            .replaceAll("ops-slack", "chat")
            .replaceAll("ops-email", "mail")
            .replaceAll("ops-sns", "hook"));
  }

  private void plan(String tested) {
    plan(tested, "chat");
  }

  /** At noon in Berlin, which is eleven here; the rig's day begins at twelve. */
  private void plan(String tested, String called) {
    rig.channels(
        """
            chat: {kind: slack, token: {env: TOKEN}, channel: C1, endpoint: "%1$s", fallback: mail}
            mail: {kind: email, host: 127.0.0.1, port: %2$d, security: none, from: a@b.example, to: [ops@roleferry.example]}
            texts: {kind: sms, to: ["+4915112345678"], region: us-east-1, endpoint: "%1$s", access-key: {env: KEY}, secret-key: {env: KEY}}
            duty: {kind: pagerduty, routing-key: {env: ROUTING}, endpoint: "%1$s"}
            hook: {kind: webhook, address: {env: HOOK}, secret: {env: HOOK_SECRET}, hosts: [127.0.0.1], allow-private: true}
            page: {kind: status-page, page: page1, token: {env: PAGE_TOKEN}, endpoint: "%1$s"}
            events: {kind: eventbridge, region: us-east-1, endpoint: "%1$s", access-key: {env: KEY}, secret-key: {env: KEY}}
          escalation:
            - {level: 1, after: 0m, channels: [%4$s]}
          alarm-test: {at: "12:00", zone: Europe/Berlin, within: 20m, channels: %3$s}
        """
            .formatted(receiver.at("").toString(), mail.port(), tested, called));
  }

  @AfterEach
  void stop() {
    rig.close();
    receiver.close();
    mail.close();
  }

  @Test
  void once_a_day_each_channel_confirms_a_message_that_calls_nobody_and_says_test() {
    rig.start();
    await().atMost(PATIENCE).until(() -> newest().answers().stream().allMatch(a -> a.confirmed()));
    assertThat(newest().state()).isEqualTo(AlarmTestRun.State.OPEN);
    look();
    AlarmTestRun test = newest();
    assertThat(test.state()).isEqualTo(AlarmTestRun.State.CONFIRMED);
    assertThat(test.dueAt()).isEqualTo(Instant.parse("2026-11-21T11:00:00Z"));
    assertThat(test.late()).isTrue();
    assertThat(test.answers())
        .extracting(answer -> answer.channel() + " " + answer.receipt())
        .contains("duty holdfast:" + test.id(), "page it lets us in")
        .allSatisfy(words -> assertThat(words).doesNotContain("null"));

    assertThat(receiver.taken("slack-app").get(0).parameters().get("text")).startsWith("TEST ");
    assertThat(receiver.taken("slack-app").get(0).parameters().get("blocks"))
        .contains("This is a test. Nothing is wrong")
        .doesNotContain("button");
    assertThat(receiver.taken("sms").get(0).parameters().get("Message")).startsWith("TEST ");
    assertThat(receiver.taken("webhook").get(0).parameters().get("body"))
        .contains("\"type\":\"Holdfast alarm test\"", "\"type\":\"TEST\"");
    assertThat(receiver.taken("pagerduty"))
        .singleElement()
        .satisfies(event -> assertThat(event.parameters()).containsEntry("action", "resolve"));
    assertThat(receiver.taken("status-page")).isEmpty();
    assertThat(receiver.taken("status-page-read")).hasSize(1);
    assertThat(receiver.taken("events")).isEmpty();
    assertThat(mail.mails())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.subject()).isEqualTo("TEST holdfast: the way of alarms");
              assertThat(one.text()).contains("This is a test.").doesNotContain("incident ack");
            });
    assertThat(incidents().recent(10)).isEmpty();
  }

  @Test
  void another_test_of_the_same_day_is_not_made_and_one_of_the_next_day_is() {
    AlarmTests tests = rig.start().bean(AlarmTests.class);
    await().atMost(PATIENCE).until(() -> !tests.recent(9).isEmpty());
    assertThat(tests.beginDue()).isEmpty();
    rig.clock.move(Duration.ofHours(22));
    assertThat(tests.beginDue()).isEmpty();
    rig.clock.move(Duration.ofHours(1).plusSeconds(1));
    await().atMost(PATIENCE).until(() -> tests.recent(9).size() == 2);
    assertThat(newest().late()).isFalse();
    rig.clock.move(Duration.ofDays(5).plusHours(1));
    await().atMost(PATIENCE).until(() -> tests.recent(9).size() == 3);
    assertThat(tests.beginDue()).isEmpty();
    assertThat(newest().dueAt()).isEqualTo(Instant.parse("2026-11-27T11:00:00Z"));
    assertThat(newest().late()).isTrue();
  }

  @Test
  void whoever_does_not_confirm_in_time_is_an_alarm_through_its_fallback_and_ends_with_a_receipt() {
    rig.environment.remove("TOKEN");
    plan("[chat, hook]");
    rig.start();
    await().atMost(PATIENCE).until(() -> answer("hook").confirmed());
    look();
    rig.clock.move(Duration.ofMinutes(19));
    look();
    assertThat(incidents().recent(10)).isEmpty();
    rig.clock.move(Duration.ofMinutes(1));
    look();
    look();

    assertThat(newest().state()).isEqualTo(AlarmTestRun.State.UNCONFIRMED);
    Incident incident = only();
    assertThat(incident.title()).isEqualTo("The test of alarms was not confirmed by chat");
    assertThat(incident.text()).isEqualTo("It was not tried: the channel is not open.");
    assertThat(incident.severity()).isEqualTo(Severity.HIGH);
    await().atMost(PATIENCE).until(() -> mail.count() > 0);
    assertThat(told(incident))
        .extracting(Entry::channel)
        .as("not through the channel that is in doubt")
        .containsOnly("mail");

    rig.clock.move(Duration.ofMinutes(1));
    String again = rig.bean(AlarmTests.class).begin("anna");
    await().atMost(PATIENCE).until(() -> answer("hook").confirmed());
    rig.journal.outcomes().delivered(row("chat").id(), "it works again");
    look();
    assertThat(newest().id()).isEqualTo(again);
    assertThat(newest().state()).isEqualTo(AlarmTestRun.State.CONFIRMED);
    assertThat(newest().askedBy()).isEqualTo("anna");
    rig.clock.move(Duration.ofMinutes(6));
    await().atMost(PATIENCE).until(() -> only().state() == Incident.State.RESOLVED);
  }

  @Test
  void a_channel_that_fails_twice_is_an_alarm_before_its_time_is_over() {
    receiver.fail(Collections.nCopies(20, Fault.STATUS_500).toArray(Fault[]::new));
    plan("[hook]", "mail"); // by a channel that works, lest its own trouble be an incident too
    rig.start();
    await().atMost(PATIENCE).until(() -> answer("hook").attempts() == 1 && !sending());
    look();
    assertThat(incidents().recent(10)).isEmpty();
    rig.journal.sql("UPDATE outbox SET next_attempt_at = now() WHERE state = 'WAITING'");
    await().atMost(PATIENCE).until(() -> answer("hook").attempts() >= 2 && !sending());
    look();

    assertThat(newest().state()).isEqualTo(AlarmTestRun.State.OPEN);
    assertThat(only().title()).isEqualTo("The test of alarms was not confirmed by hook");
    assertThat(only().text()).startsWith("Its last answer: It answered 500");
    rig.clock.move(Duration.ofMinutes(20));
    look();
    assertThat(only().severity()).as("nobody at all has confirmed it").isEqualTo(Severity.CRITICAL);
    assertThat(tests(row("hook")).size()).as("a test is not handed over").isEqualTo(1);

    rig.clock.move(Duration.ofMinutes(1));
    rig.journal.outcomes().delivered(row("hook").id(), "it came after all");
    look();
    rig.clock.move(Duration.ofMinutes(6));
    await().atMost(PATIENCE).until(() -> only().state() == Incident.State.RESOLVED);
    assertThat(newest().state()).isEqualTo(AlarmTestRun.State.UNCONFIRMED);
  }

  @Test
  void an_event_that_is_accepted_but_never_read_is_an_alarm() throws Exception {
    rig.start();
    rig.camel().getRouteController().stopRoute("alarm-read");
    rig.camel().getRouteController().stopRoute("alarm-test");
    rig.clock.move(Duration.ofDays(1));
    String id = rig.bean(AlarmTests.class).begin("anna");
    rig.clock.move(Duration.ofMinutes(20));
    look();
    assertThat(incidents().recent(10))
        .extracting(Incident::title)
        .contains("Events are accepted but not read");
    assertThat(rig.bean(AlarmTests.class).find(id).orElseThrow().state())
        .isEqualTo(AlarmTestRun.State.UNCONFIRMED);
  }

  @Test
  void a_test_that_does_not_begin_though_the_service_runs_is_an_alarm() throws Exception {
    rig.start();
    await().atMost(PATIENCE).until(() -> !rig.bean(AlarmTests.class).recent(1).isEmpty());
    await().atMost(PATIENCE).until(() -> newest().answers().stream().allMatch(a -> a.confirmed()));
    rig.camel().getRouteController().stopRoute("alarm-test");
    rig.clock.move(Duration.ofDays(1).plusMinutes(1));
    look();
    assertThat(incidents().recent(10)).as("a service that just came up has a moment").isEmpty();
    rig.clock.move(Duration.ofMinutes(3));
    look();
    assertThat(only().title()).isEqualTo("The daily test of alarms did not begin");
  }

  private Incidents incidents() {
    return rig.bean(Incidents.class);
  }

  private void look() {
    rig.bean(AlarmTestWatch.class).look();
  }

  private AlarmTestRun newest() {
    List<AlarmTestRun> all = rig.bean(AlarmTests.class).recent(1);
    await().atMost(PATIENCE).until(() -> !rig.bean(AlarmTests.class).recent(1).isEmpty());
    return all.isEmpty() ? rig.bean(AlarmTests.class).recent(1).get(0) : all.get(0);
  }

  private AlarmTestRun.Answer answer(String channel) {
    return newest().answers().stream()
        .filter(answer -> answer.channel().equals(channel))
        .findFirst()
        .orElseThrow();
  }

  private Incident only() {
    List<Incident> all = incidents().recent(10);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private List<Entry> told(Incident incident) {
    return rig.journal.outbox().ofIncident(incident.id());
  }

  /** The newest test's message to a channel. */
  private Entry row(String channel) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                rig.journal.outbox().ofIncident(newest().id()).stream()
                    .anyMatch(entry -> entry.channel().equals(channel)));
    return rig.journal.outbox().ofIncident(newest().id()).stream()
        .filter(entry -> entry.channel().equals(channel))
        .findFirst()
        .orElseThrow();
  }

  private List<Entry> tests(Entry one) {
    return rig.journal.outbox().recent(100).stream()
        .filter(entry -> Notice.read(entry.event()).type() == Notice.Type.TEST)
        .filter(entry -> entry.event().equals(one.event()))
        .toList();
  }

  private boolean sending() {
    return rig.journal.outbox().recent(100).stream()
        .anyMatch(entry -> entry.state() == holdfast.journal.Outbox.State.SENDING);
  }
}
