package holdfast.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.harness.MailServer;
import holdfast.harness.Receiver;
import holdfast.harness.Receiver.Fault;
import holdfast.journal.Code;
import holdfast.journal.Event;
import holdfast.journal.Outbox.Entry;
import holdfast.journal.Outbox.State;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

class ChannelsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String SECRET_PATH = "/slack/T0/B0/verysecretpath";

  @TempDir Path folder;
  private Rig rig;
  private final Receiver receiver = Receiver.start();
  private final MailServer mail = MailServer.start();

  @BeforeEach
  void prepare() {
    rig = new Rig(folder);
    rig.environment.put("WEBHOOK", receiver.at(SECRET_PATH).toString());
    rig.environment.put("KEY", "some-key");
    rig.channels(channels(mail.port(), receiver.at("").toString()));
  }

  private static String channels(int smtp, String aws) {
    return """
            ops-slack:
              kind: slack
              webhook: {env: WEBHOOK}
            ops-email:
              kind: email
              host: 127.0.0.1
              port: %d
              security: none
              from: holdfast@roleferry.example
              to: [ops@roleferry.example, dba@roleferry.example]
            ops-sns:
              kind: sns
              topic: arn:aws:sns:us-east-1:123456789012:roleferry-backups
              region: us-east-1
              endpoint: %s
              access-key: {env: KEY}
              secret-key: {env: KEY}
            events:
              kind: eventbridge
              bus: default
              source: holdfast
              region: us-east-1
              endpoint: %s
              access-key: {env: KEY}
              secret-key: {env: KEY}
        """
        .formatted(smtp, aws, aws);
  }

  @AfterEach
  void stop() {
    rig.close();
    receiver.close();
    mail.close();
  }

  @Test
  void every_channel_tells_of_a_failed_backup_and_the_outbox_keeps_its_receipt() {
    rig.start();
    Run run = fail("db does not answer: start it.", "ops-slack", "ops-email", "ops-sns", "events");

    await()
        .atMost(PATIENCE)
        .until(() -> rig.journal.outbox().ofRun(run.id()).stream().allMatch(this::delivered));

    assertThat(receiver.taken("slack"))
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.parameters().get("text"))
                    .contains(
                        "roleferry/database: BACKUP FAILED", "db does not answer: start it."));
    assertThat(mail.mails())
        .hasSize(2)
        .allSatisfy(
            one -> {
              assertThat(one.subject()).isEqualTo("roleferry/database: BACKUP FAILED");
              assertThat(one.text()).contains("db does not answer: start it.", "What to do:");
              assertThat(one.html()).contains("BACKUP FAILED", "db does not answer: start it.");
              assertThat(one.id()).contains(run.id());
              assertThat(one.to())
                  .containsExactly("ops@roleferry.example", "dba@roleferry.example");
            });
    assertThat(receiver.taken("sns"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.parameters().get("Subject"))
                  .isEqualTo("roleferry/database: BACKUP FAILED");
              assertThat(one.parameters())
                  .containsEntry("MessageAttributes.entry.1.Name", "holdfast-origin")
                  .hasEntrySatisfying(
                      "MessageAttributes.entry.1.Value.StringValue",
                      origin -> assertThat(origin).startsWith("holdfast:roleferry/database"));
              assertThat(one.parameters().keySet())
                  .noneMatch(key -> key.startsWith("MessageAttributes.entry.2"));
              assertThat(one.parameters().get("Message").lines().toList())
                  .last()
                  .asString()
                  .matches("holdfast-origin: [0-9a-f]{32}");
            });
    assertThat(receiver.taken("events"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.parameters()).containsEntry("DetailType", "Holdfast backup failed");
              assertThat(one.parameters()).containsEntry("Source", "holdfast");
              assertThat(one.parameters().get("Detail")).contains("BACKUP_FAILED");
            });
    assertThat(entry(run, "ops-sns").receipt()).startsWith("sns-");
    assertThat(entry(run, "events").receipt()).startsWith("event-");
    assertThat(entry(run, "ops-email").receipt()).contains(run.id());
    assertThat(entry(run, "ops-slack").receipt()).isEqualTo("ok");
  }

  @Test
  void a_failing_slack_is_noted_and_tried_again_without_showing_its_address() {
    receiver.fail(Fault.STATUS_500);
    rig.start();
    Run run = fail("It failed.", "ops-slack");

    await().atMost(PATIENCE).until(() -> entry(run, "ops-slack").error() != null);
    assertThat(entry(run, "ops-slack").state()).isEqualTo(State.WAITING);
    assertThat(entry(run, "ops-slack").error()).contains("500").doesNotContain("verysecretpath");
    rig.journal.sql("UPDATE outbox SET next_attempt_at = now()");
    await().atMost(PATIENCE).until(() -> delivered(entry(run, "ops-slack")));
    assertThat(receiver.taken("slack")).hasSize(1);
  }

  @Test
  void a_mail_never_goes_in_clear_where_the_plan_says_it_must_not() {
    rig.channels(
        channels(mail.port(), receiver.at("").toString())
            .replace("security: none", "security: starttls"));
    rig.start();
    Run run = fail("It failed.", "ops-email");

    await().atMost(PATIENCE).until(() -> entry(run, "ops-email").error() != null);
    assertThat(entry(run, "ops-email").state()).isEqualTo(State.WAITING);
    assertThat(entry(run, "ops-email").error()).contains("STARTTLS");
    assertThat(mail.mails()).isEmpty();
  }

  @Test
  void an_entry_that_the_bus_refuses_is_not_delivered() {
    receiver.fail(Fault.FAILED_ENTRY);
    rig.start();
    Run run = fail("It failed.", "events");

    await().atMost(PATIENCE).until(() -> entry(run, "events").error() != null);
    assertThat(entry(run, "events").error()).contains("ThrottlingException");
    assertThat(entry(run, "events").state()).isEqualTo(State.WAITING);
  }

  @Test
  void a_channel_that_hangs_holds_up_no_other() {
    receiver.fail(Fault.HANG);
    rig.start();
    Run hung = fail("It failed.", "ops-slack");
    await().atMost(PATIENCE).until(() -> entry(hung, "ops-slack").state() == State.SENDING);
    Run run = fail("It failed too.", "ops-email", "ops-sns");

    await()
        .atMost(Duration.ofSeconds(8))
        .until(() -> rig.journal.outbox().ofRun(run.id()).stream().allMatch(this::delivered));
  }

  @Test
  void the_service_starts_and_its_messages_wait_while_every_channel_is_unreachable() {
    mail.close();
    receiver.close();
    rig.start();
    Run run = fail("It failed.", "ops-slack", "ops-email", "ops-sns", "events");

    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                rig.journal.outbox().ofRun(run.id()).stream()
                    .allMatch(entry -> entry.error() != null));
    assertThat(rig.journal.outbox().ofRun(run.id()))
        .allSatisfy(entry -> assertThat(entry.state()).isEqualTo(State.WAITING))
        .allSatisfy(entry -> assertThat(entry.error()).doesNotContain("verysecretpath"));
  }

  @Test
  void a_channel_whose_secret_is_missing_opens_as_soon_as_it_is_there() {
    String webhook = rig.environment.remove("WEBHOOK");
    rig.start();
    Run run = fail("It failed.", "ops-slack", "ops-sns");
    await().atMost(PATIENCE).until(() -> delivered(entry(run, "ops-sns")));
    assertThat(entry(run, "ops-slack").attempts()).isZero();

    rig.environment.put("WEBHOOK", webhook);
    rig.bean(Instances.class).open();
    await().atMost(PATIENCE).until(() -> delivered(entry(run, "ops-slack")));
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void a_wrong_address_closes_its_own_channel_and_is_told_to_nobody(CapturedOutput log) {
    rig.environment.put("HOOK", "https:// " + SECRET_PATH);
    rig.channels(
        channels(mail.port(), receiver.at("").toString())
            + "    hook: {kind: webhook, address: {env: HOOK}, secret: {env: KEY}, hosts: [127.0.0.1], allow-private: true}\n");
    rig.start();
    Run run = fail("It failed.", "ops-slack");
    await().atMost(PATIENCE).until(() -> delivered(entry(run, "ops-slack")));
    assertThat(log.getAll())
        .contains("Channel hook stays closed: Its address is on no host that the plan allows.")
        .doesNotContain("https:// " + SECRET_PATH);
  }

  private Run fail(String sentence, String... channels) {
    Runs runs = rig.journal.runs();
    Run run =
        runs.begin(
            new Runs.Request(
                rig.journal.ids().next(), Run.Kind.BACKUP, Rig.DATABASE, "cli", "me", null, null));
    RunException failure = new RunException(Code.UNREACHABLE, "db", true, sentence);
    runs.fail(
        run, failure, List.of(Event.failed(run, failure, rig.clock.instant(), List.of(channels))));
    return run;
  }

  private Entry entry(Run run, String channel) {
    Optional<Entry> found =
        rig.journal.outbox().ofRun(run.id()).stream()
            .filter(entry -> entry.channel().equals(channel))
            .findFirst();
    return found.orElseThrow();
  }

  private boolean delivered(Entry entry) {
    return entry.state() == State.DELIVERED;
  }
}
