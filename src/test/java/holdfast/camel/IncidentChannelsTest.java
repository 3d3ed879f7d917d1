package holdfast.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.harness.MailServer;
import holdfast.harness.Receiver;
import holdfast.harness.Receiver.Fault;
import holdfast.harness.Receiver.Taken;
import holdfast.incident.Notice;
import holdfast.journal.HandOver;
import holdfast.journal.Outbox.Entry;
import holdfast.journal.Outbox.State;
import holdfast.notify.Circuits;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The channels that incidents are told through, on servers that check as the real ones do. */
class IncidentChannelsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Rig rig;
  private final Receiver receiver = Receiver.start();
  private final MailServer mail = MailServer.start();

  @BeforeEach
  void prepare() {
    rig = new Rig(folder);
    rig.environment.put("TOKEN", "xoxb-test");
    rig.environment.put("SIGNING", "signing-secret");
    rig.environment.put("ROUTING", "0123456789abcdef0123456789abcdef");
    rig.environment.put("TEAMS", receiver.at("/teams?sig=hidden").toString());
    rig.environment.put("HOOK", receiver.at("/hook/hidden").toString());
    rig.environment.put("HOOK_SECRET", "hook-secret");
    rig.environment.put("PAGE_TOKEN", "page-token");
    rig.environment.put("KEY", "some-key");
    rig.channels(
        """
            ops-slack: {kind: slack, token: {env: TOKEN}, channel: C1, signing-secret: {env: SIGNING}, endpoint: "%1$s", fallback: teams}
            ops-email: {kind: email, host: 127.0.0.1, port: %2$d, security: none, from: a@b.example, to: [ops@roleferry.example]}
            texts: {kind: sms, to: ["+4915112345678"], region: us-east-1, endpoint: "%1$s", access-key: {env: KEY}, secret-key: {env: KEY}}
            events: {kind: eventbridge, region: us-east-1}
            duty: {kind: pagerduty, routing-key: {env: ROUTING}, endpoint: "%1$s", fallback: ops-email}
            teams: {kind: teams, webhook: {env: TEAMS}, fallback: ops-email}
            hook: {kind: webhook, address: {env: HOOK}, secret: {env: HOOK_SECRET}, hosts: [127.0.0.1], allow-private: true, fallback: ops-email}
            far: {kind: teams, webhook: {env: GONE}, fallback: texts}
            page: {kind: status-page, page: page1, token: {env: PAGE_TOKEN}, endpoint: "%1$s"}
        """
            .formatted(receiver.at("").toString(), mail.port()));
    rig.write(
        "systems/roleferry.yml", rig.read("systems/roleferry.yml").replace("ops-sns", "hook"));
  }

  @AfterEach
  void stop() {
    rig.close();
    receiver.close();
    mail.close();
  }

  @Test
  void each_channel_is_told_from_the_opening_to_the_end_in_its_own_way() throws Exception {
    rig.start();
    for (Notice.Type type :
        List.of(Notice.Type.OPENED, Notice.Type.ACKNOWLEDGED, Notice.Type.RESOLVED)) {
      tell(type, "ops-slack", "texts", "duty", "teams", "hook", "page");
      await().atMost(PATIENCE).until(() -> entries().stream().allMatch(this::delivered));
    }

    List<Taken> slack = receiver.taken("slack-app");
    assertThat(slack).hasSize(3);
    String first = slack.get(0).parameters().get("ts");
    assertThat(slack.get(0).parameters().get("thread_ts")).isEmpty();
    assertThat(slack.get(0).parameters().get("blocks"))
        .contains("\"action_id\":\"holdfast-acknowledge\"", "\"value\":\"I-1\"", "&lt;b&gt;");
    assertThat(slack.subList(1, 3))
        .allSatisfy(
            message -> {
              assertThat(message.parameters()).containsEntry("thread_ts", first);
              assertThat(message.parameters().get("blocks")).doesNotContain("button");
            });
    assertThat(receiver.taken("sms")).hasSize(3);
    assertThat(receiver.taken("sms").get(0).parameters())
        .containsEntry("PhoneNumber", "+4915112345678")
        .containsEntry("Message", "CRITICAL roleferry: Down <b>. holdfast incident ack I-1")
        .containsEntry("MessageAttributes.entry.1.Value.StringValue", "Transactional");
    assertThat(receiver.taken("pagerduty"))
        .extracting(event -> event.parameters().get("action"))
        .containsExactly("trigger", "acknowledge", "resolve");
    assertThat(receiver.taken("pagerduty"))
        .extracting(event -> event.parameters().get("dedup_key"))
        .containsOnly("holdfast:I-1");
    assertThat(receiver.taken("teams").get(0).parameters().get("card"))
        .contains("CRITICAL roleferry: Down", "FactSet");
    assertThat(receiver.taken("status-page"))
        .extracting(page -> page.parameters().get("method") + " " + page.parameters().get("status"))
        .containsExactly("POST investigating", "PATCH identified", "PATCH resolved");
    assertThat(receiver.taken("status-page"))
        .allSatisfy(
            page -> assertThat(page.parameters().toString()).doesNotContain("Down", "probe"));
    Map<String, String> hook = receiver.taken("webhook").get(0).parameters();
    assertThat(hook.get("body")).contains("\"incident\":\"I-1\"", "\"type\":\"OPENED\"");
    assertThat(hook.get("signature"))
        .isEqualTo("sha256=" + hmac("hook-secret", hook.get("timestamp") + "." + hook.get("body")));
    assertThat(entry("duty").receipt()).isEqualTo("holdfast:I-1");
    assertThat(entry("ops-slack").receipt()).isEqualTo(first);
  }

  @Test
  void what_slack_refuses_for_good_goes_to_its_fallback_at_once_and_once() {
    rig.environment.put("TOKEN", "xoxb-revoked");
    rig.start();
    tell(Notice.Type.OPENED, "ops-slack");

    await().atMost(PATIENCE).until(() -> receiver.taken("teams").size() == 1);
    await().atMost(PATIENCE).until(() -> entry("teams").state() == State.DELIVERED);
    assertThat(entry("ops-slack").error()).isEqualTo("Slack refused the message: invalid_auth");
    assertThat(entry("ops-slack").handedTo()).isEqualTo("teams");
    assertThat(entry("teams").standsInFor()).isEqualTo(entry("ops-slack").id());
    assertThat(entry("ops-slack").state()).isEqualTo(State.WAITING);
    assertThat(rig.journal.audit().newest(10))
        .anySatisfy(
            line -> {
              assertThat(line.action()).isEqualTo("message.handed-over");
              assertThat(line.detail()).contains("refused for good");
            });
    again();
    await().atMost(PATIENCE).until(() -> entry("ops-slack").attempts() >= 2);
    assertThat(receiver.taken("teams")).hasSize(1);
  }

  @Test
  void what_fails_twice_goes_to_its_fallback_and_the_chain_goes_on() {
    // Both may be tried again more often than it takes, so no failure may run out.
    receiver.fail(Collections.nCopies(20, Fault.STATUS_500).toArray(Fault[]::new));
    rig.start();
    tell(Notice.Type.OPENED, "ops-slack");
    await().atMost(PATIENCE).until(() -> entry("ops-slack").attempts() == 1 && !sending());
    assertThat(entry("ops-slack").handedTo()).isNull();
    again();
    await().atMost(PATIENCE).until(() -> entries().size() == 2 && entry("teams").error() != null);
    again();
    await().atMost(PATIENCE).until(() -> mail.count() > 0);
    await().atMost(PATIENCE).until(() -> entry("ops-email").state() == State.DELIVERED);
    assertThat(entry("ops-slack").handedTo()).isEqualTo("teams");
    assertThat(entry("teams").handedTo()).isEqualTo("ops-email");
  }

  @Test
  void a_channel_that_waits_too_long_is_stood_in_for_even_when_it_never_opened() {
    rig.environment.remove("ROUTING");
    rig.start();
    tell(Notice.Type.OPENED, "duty");
    rig.clock.move(Duration.ofSeconds(61));
    await().atMost(PATIENCE).until(() -> mail.count() > 0);
    assertThat(entry("duty").attempts()).isZero();
    assertThat(entry("duty").handedTo()).isEqualTo("ops-email");
  }

  @Test
  void a_fallback_is_reached_past_any_number_of_messages_that_it_does_not_hear() {
    for (int i = 0; i < 101; i++) {
      tell(Severity.MEDIUM, Notice.Type.OPENED, Map.of(), "far");
    }
    tell(Severity.CRITICAL, Notice.Type.OPENED, Map.of(), "far");
    rig.start();
    rig.clock.move(Duration.ofSeconds(61));

    await().atMost(PATIENCE).until(() -> receiver.taken("sms").size() == 1);
    assertThat(receiver.taken("sms").get(0).parameters().get("Message")).startsWith("CRITICAL");
  }

  @Test
  void what_is_taken_back_while_a_message_before_it_is_on_its_way_is_not_sent() {
    receiver.fail(Fault.SLOW);
    tell(Notice.Type.OPENED, "hook");
    tell(Notice.Type.ESCALATED, "hook");
    tell(Notice.Type.REPEATED, "hook");
    rig.start();
    await()
        .atMost(PATIENCE)
        .until(() -> hooks().stream().allMatch(entry -> entry.state() == State.SENDING));
    rig.journal.transaction().run(() -> rig.journal.outbox().withdraw("I-1"));

    await().atMost(PATIENCE).until(() -> !sending());
    assertThat(hooks()).extracting(Entry::state).containsOnly(State.DROPPED);
    assertThat(receiver.taken("webhook")).isEmpty();
  }

  @Test
  void text_full_of_what_slack_escapes_is_cut_to_what_slack_takes() {
    rig.start();
    Map<String, Object> facts = Map.of("probe", "&".repeat(590) + "<>");
    tell(Severity.CRITICAL, Notice.Type.OPENED, facts, "ops-slack");
    await().atMost(PATIENCE).until(() -> entry("ops-slack").state() == State.DELIVERED);

    String blocks = receiver.taken("slack-app").get(0).parameters().get("blocks");
    assertThat(blocks).contains("&amp;…").doesNotContainPattern("&(?!amp;|lt;|gt;)");
  }

  @Test
  void pagerduty_is_called_for_calls_only_and_hears_of_nothing_else_but_their_course() {
    rig.start();
    Map<String, Object> nobody = Map.of();
    Map<String, Object> ada = Map.of("actor", "ada");
    tell(Severity.HIGH, Notice.Type.OPENED, nobody, "duty");
    tell(Severity.HIGH, Notice.Type.UPDATED, nobody, "duty");
    tell(Severity.HIGH, Notice.Type.DIGEST, nobody, "duty");
    tell(Severity.HIGH, Notice.Type.ACKNOWLEDGED, ada, "duty");
    tell(Severity.HIGH, Notice.Type.UPDATED, ada, "duty");
    await().atMost(PATIENCE).until(() -> entries().stream().allMatch(this::delivered));
    tell(Severity.HIGH, Notice.Type.RESOLVED, ada, "duty");
    await().atMost(PATIENCE).until(() -> entries().stream().allMatch(this::delivered));
    assertThat(receiver.taken("pagerduty"))
        .extracting(event -> event.parameters().get("action"))
        .containsExactly("trigger", "acknowledge", "acknowledge", "resolve");
    assertThat(entries().get(1).receipt()).isEqualTo("nothing to show");
  }

  @Test
  void what_was_taken_back_reaches_neither_its_channel_nor_its_fallback() {
    tell(Notice.Type.OPENED, "duty");
    HandOver handOver =
        new HandOver(
            rig.journal.transaction(), rig.journal.audit(), rig.journal.outbox(), rig.clock);
    assertThat(handOver.handOver(entry("duty").id(), "page", "a test")).isTrue();
    long standIn = entry("page").id();
    rig.journal.sql("UPDATE outbox SET withdrawn = true WHERE id <> " + standIn);
    tell(Notice.Type.ACKNOWLEDGED, "page");
    rig.start();

    await().atMost(PATIENCE).until(() -> receiver.taken("status-page").size() == 1);
    assertThat(receiver.taken("status-page").get(0).parameters())
        .containsEntry("status", "identified");
    assertThat(handOver.handOver(entry("duty").id(), "page", "a test")).isFalse();
  }

  @Test
  void who_was_told_already_is_not_told_again_by_a_fallback() {
    rig.environment.put("TOKEN", "xoxb-revoked");
    rig.start();
    tell(Notice.Type.OPENED, "ops-slack", "teams");
    await().atMost(PATIENCE).until(() -> entry("ops-slack").handedTo() != null);
    await().atMost(PATIENCE).until(() -> entry("teams").state() == State.DELIVERED);
    assertThat(entries()).hasSize(2);
    assertThat(receiver.taken("teams")).hasSize(1);
  }

  @Test
  void a_broken_channel_is_left_alone_then_tried_with_one_message_and_no_attempt_is_lost() {
    receiver.fail(
        Fault.STATUS_500, Fault.STATUS_500, Fault.STATUS_500, Fault.STATUS_500, Fault.STATUS_500);
    rig.start();
    for (int i = 0; i < 8; i++) {
      tell(Notice.Type.values()[i % 5], "hook");
    }
    Circuits circuits = rig.bean(Circuits.class);
    await().atMost(PATIENCE).until(() -> circuits.state("hook") == Circuits.State.OPEN);
    await().atMost(PATIENCE).until(() -> !sending());
    int attempts = hooks().stream().mapToInt(Entry::attempts).sum();
    assertThat(attempts).isEqualTo(5);
    again();
    await().atMost(PATIENCE).until(() -> mail.count() == 16);
    assertThat(receiver.taken("webhook")).isEmpty();

    receiver.fail(Fault.STATUS_500);
    rig.clock.move(Duration.ofSeconds(31));
    again();
    await()
        .atMost(PATIENCE)
        .until(() -> hooks().stream().mapToInt(Entry::attempts).sum() == 6 && !sending());
    assertThat(circuits.state("hook")).isEqualTo(Circuits.State.OPEN);
    assertThat(receiver.taken("webhook")).isEmpty();

    rig.clock.move(Duration.ofSeconds(31));
    again();
    await().atMost(PATIENCE).until(() -> receiver.taken("webhook").size() == 8);
  }

  @Test
  void a_server_that_asks_for_time_is_given_it_and_no_redirect_is_followed() {
    receiver.fail(Fault.STATUS_429_RETRY, Fault.REDIRECT);
    rig.start();
    tell(Notice.Type.OPENED, "hook");
    await().atMost(PATIENCE).until(() -> entry("hook").error() != null);
    assertThat(entry("hook").error()).isEqualTo("It answered 429: not now");
    assertThat(rig.bean(Circuits.class).state("hook")).isEqualTo(Circuits.State.OPEN);
    rig.clock.move(Duration.ofSeconds(2));
    await().atMost(PATIENCE).until(() -> entry("hook").attempts() == 2 && !sending());
    assertThat(entry("hook").error()).startsWith("It answered 307");
    await().atMost(PATIENCE).until(() -> "ops-email".equals(entry("hook").handedTo()));
    assertThat(receiver.taken("webhook")).isEmpty();
  }

  @Test
  void an_answer_that_drips_is_cut_off_and_holds_up_nobody_else() {
    receiver.fail(Fault.SLOW);
    rig.start();
    tell(Notice.Type.OPENED, "hook");
    await().atMost(PATIENCE).until(() -> entry("hook").state() == State.SENDING);
    tell(Notice.Type.REPEATED, "duty");
    await().atMost(Duration.ofSeconds(8)).until(() -> entry("duty").state() == State.DELIVERED);
    await().atMost(Duration.ofSeconds(15)).until(() -> entry("hook").error() != null);
    assertThat(entry("hook").error()).doesNotContain("hidden");
  }

  private void again() {
    rig.journal.sql("UPDATE outbox SET next_attempt_at = now() WHERE state = 'WAITING'");
  }

  private boolean sending() {
    return entries().stream().anyMatch(entry -> entry.state() == State.SENDING);
  }

  private void tell(Notice.Type type, String... channels) {
    tell(Severity.CRITICAL, type, Map.of(), channels);
  }

  private void tell(
      Severity severity, Notice.Type type, Map<String, Object> facts, String... channels) {
    Notice notice =
        new Notice(
            type,
            "I-1",
            "roleferry",
            severity,
            Situation.DATABASE,
            "Down <b>",
            "The probe <b> got no answer.",
            type == Notice.Type.DIGEST ? 0 : 1,
            List.of("DevOps Lead"),
            rig.clock.instant(),
            rig.clock.instant(),
            null,
            entries().size() + 1,
            facts);
    rig.journal
        .transaction()
        .run(
            () -> {
              for (String channel : channels) {
                rig.journal.outbox().tell(channel, "I-1", notice.json());
              }
            });
  }

  private List<Entry> entries() {
    return rig.journal.outbox().ofIncident("I-1");
  }

  private Entry entry(String channel) {
    return entries().stream()
        .filter(entry -> entry.channel().equals(channel))
        .findFirst()
        .orElseThrow();
  }

  private List<Entry> hooks() {
    return entries().stream().filter(entry -> entry.channel().equals("hook")).toList();
  }

  private boolean delivered(Entry entry) {
    return entry.state() == State.DELIVERED;
  }

  private static String hmac(String secret, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }
}
