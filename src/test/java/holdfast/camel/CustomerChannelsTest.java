package holdfast.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.harness.MailServer;
import holdfast.harness.Receiver;
import holdfast.harness.Receiver.Fault;
import holdfast.incident.CustomerNotice;
import holdfast.incident.CustomerNotices;
import holdfast.incident.Incidents;
import holdfast.incident.Opening;
import holdfast.journal.Outbox.Entry;
import holdfast.journal.Outbox.State;
import holdfast.notify.CustomerWords;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notices for customers on servers that check: whole, alone, and to nobody else. */
class CustomerChannelsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Rig rig;
  private final Receiver receiver = Receiver.start();
  private final MailServer mail = MailServer.start();

  @BeforeEach
  void prepare() {
    rig = new Rig(folder);
    rig.environment.put("TOKEN", "xoxb-test");
    rig.environment.put("PAGE_TOKEN", "page-token");
    rig.environment.put("KEY", "some-key");
    rig.channels(
        """
            chat: {kind: slack, token: {env: TOKEN}, channel: C1, endpoint: "%1$s"}
            customers: {kind: email, host: 127.0.0.1, port: %2$d, security: none, from: a@b.example, to: [c1@customer.example, c2@customer.example], fallback: chat}
            topic: {kind: sns, topic: "arn:aws:sns:us-east-1:123456789012:customers", region: us-east-1, endpoint: "%1$s", access-key: {env: KEY}, secret-key: {env: KEY}}
            page: {kind: status-page, page: page1, token: {env: PAGE_TOKEN}, endpoint: "%1$s"}
          escalation:
            - {level: 1, after: 0m, channels: [chat]}
        """
            .formatted(receiver.at("").toString(), mail.port()));
    rig.write(
        "systems/roleferry.yml",
        rig.read("systems/roleferry.yml").replaceAll("\\[(ops-|events)[^\\]]*\\]", "[chat]"));
  }

  @AfterEach
  void stop() {
    rig.close();
    receiver.close();
    mail.close();
  }

  private String open() {
    return rig.bean(Incidents.class)
        .open(
            new Opening(
                null, Severity.CRITICAL, Situation.SECURITY, "The key leaked", "inside", "oscar"));
  }

  private List<Entry> entries(String incident, String channel) {
    return rig.journal.outbox().ofIncident(incident).stream()
        .filter(entry -> entry.channel().equals(channel))
        .toList();
  }

  @Test
  void each_channel_carries_the_approved_words_whole_and_nothing_besides() {
    rig.start();
    CustomerNotices notices = rig.bean(CustomerNotices.class);
    String incident = open();
    String body =
        "Dear customers,\n\n"
            + "We are sorry <b>for it</b> & say so.\n".repeat(70)
            + "\nThe last line.";
    String id =
        notices.draft(
            incident,
            new CustomerNotice.Text(
                "Notice of an incident", body, List.of("customers", "topic", "page")),
            "oscar");
    assertThat(mail.count()).isZero();
    notices.approve(id, 1, "anna");
    for (String channel : List.of("customers", "topic", "page")) {
      await()
          .atMost(PATIENCE)
          .until(() -> entries(incident, channel).get(0).state() == State.DELIVERED);
    }

    assertThat(mail.mails())
        .as("one to each, and no reader learns of the other")
        .hasSize(2)
        .allSatisfy(
            one -> {
              assertThat(one.to()).isEmpty();
              assertThat(one.subject()).isEqualTo("Notice of an incident");
              assertThat(one.text().replace("\r\n", "\n"))
                  .isEqualTo("Notice of an incident\n\n" + body + "\n");
              assertThat(one.html())
                  .contains("We are sorry &lt;b&gt;for it", "The last line.")
                  .doesNotContain("CRITICAL", "Holdfast", "leaked", "inside");
            });
    assertThat(receiver.taken("sns").get(0).parameters().get("Message")).contains(body);
    assertThat(receiver.taken("status-page").get(0).parameters())
        .containsEntry("name", "Notice of an incident")
        .containsEntry("body", body);

    rig.bean(Incidents.class).resolve(incident, "oscar", "a new key");
    await().atMost(PATIENCE).until(() -> receiver.taken("status-page").size() == 2);
    assertThat(receiver.taken("status-page").get(1).parameters())
        .containsEntry("status", "resolved")
        .containsEntry("body", "The disruption is over.");
    assertThat(entries(incident, "customers")).hasSize(1);
    assertThat(entries(incident, "topic")).hasSize(1);
  }

  @Test
  void a_notice_that_its_channel_does_not_take_goes_to_no_other() {
    receiver.fail(Collections.nCopies(9, Fault.STATUS_500).toArray(Fault[]::new));
    mail.close();
    rig.start();
    CustomerNotices notices = rig.bean(CustomerNotices.class);
    String incident = open();
    String id =
        notices.draft(
            incident, new CustomerNotice.Text("T", "Dear all", List.of("customers")), "oscar");
    notices.approve(id, 1, "anna");
    await().atMost(PATIENCE).until(() -> entries(incident, "customers").get(0).error() != null);
    rig.clock.move(Duration.ofMinutes(5));
    rig.bean(holdfast.notify.Fallbacks.class).look();
    assertThat(entries(incident, "customers").get(0).handedTo()).isNull();
    assertThat(entries(incident, "chat"))
        .allSatisfy(entry -> assertThat(entry.event()).doesNotContain("Dear all"));
  }

  @Test
  void operators_edit_what_a_notice_begins_as() {
    rig.write("templates/breach.txt", "[(${letter.subject})]\n\nWritten at [(${letter.verdict})].");
    rig.start();
    CustomerNotice.Text text =
        rig.bean(CustomerWords.class).of(rig.bean(Incidents.class).find(open()).orElseThrow());
    assertThat(text.title()).isEqualTo("Notice of an incident at our service");
    assertThat(text.body()).isEqualTo("Written at our service.");
  }
}
