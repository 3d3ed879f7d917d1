package holdfast.web;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.incident.Incident;
import holdfast.incident.Incidents;
import holdfast.incident.Opening;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What becomes of a button that somebody presses in Slack. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlackDoorTest {

  private Site site;

  @BeforeAll
  void open() {
    site = Site.open();
  }

  @AfterAll
  void close() {
    site.close();
  }

  @Test
  void a_press_that_slack_signed_acknowledges_and_any_other_is_refused() {
    Incidents incidents = site.context.getBean(Incidents.class);
    String id =
        incidents.open(new Opening(null, Severity.HIGH, Situation.DATABASE, "Down", "", "ben"));
    String body = SlackSide.press(id);
    String now = Long.toString(site.clock.instant().getEpochSecond());

    assertThat(post("chat", now, "v0=00", body).statusCode()).isEqualTo(401);
    assertThat(post("nobody", now, SlackSide.signature(now, body), body).statusCode())
        .isEqualTo(401);
    assertThat(post("chat", "1", SlackSide.signature("1", body), body).statusCode()).isEqualTo(401);
    assertThat(incidents.find(id).orElseThrow().state()).isEqualTo(Incident.State.OPEN);

    for (int i = 0; i < 2; i++) {
      HttpResponse<String> answer = post("chat", now, SlackSide.signature(now, body), body);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
    }
    assertThat(incidents.find(id).orElseThrow().state()).isEqualTo(Incident.State.ACKNOWLEDGED);
    assertThat(incidents.timeline(id).toString()).contains("slack:U1 anna");
    String unknown = SlackSide.press("no-such-incident");
    assertThat(post("chat", now, SlackSide.signature(now, unknown), unknown).statusCode())
        .isEqualTo(200);
  }

  private HttpResponse<String> post(
      String channel, String timestamp, String signature, String body) {
    return site.browser()
        .send(
            site.browser()
                .request("/in/slack/" + channel)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Slack-Request-Timestamp", timestamp)
                .header("X-Slack-Signature", signature)
                .POST(BodyPublishers.ofString(body)));
  }
}
