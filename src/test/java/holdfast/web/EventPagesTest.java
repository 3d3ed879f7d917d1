package holdfast.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import holdfast.alarm.AlarmReader;
import holdfast.alarm.Guard;
import holdfast.alarm.Post;
import holdfast.alarm.TurnedAway;
import holdfast.harness.Chromium;
import holdfast.incident.Incidents;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events as they came: those in quarantine, and those behind an incident. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventPagesTest {

  private static final String XSS = "<script>alert(1)</script><img src=x onerror=alert(2)>";
  private static final String ALERT =
      """
      {"version": "4", "groupKey": "g", "status": "firing", "receiver": "%1$s", "commonLabels": {}, "commonAnnotations": {},
       "alerts": [{"status": "firing", "fingerprint": "f1", "startsAt": "2026-11-21T02:29:00Z",
         "labels": {"alertname": "Down", "severity": "critical"}, "annotations": {"summary": "%1$s"}}]}"""
          .formatted("<b>it is down</b>");

  private Site site;
  private Chromium chromium;
  private String incident;

  @BeforeAll
  void open() {
    site = Site.open();
    chromium = new Chromium();
    site.user("viewer", Role.VIEWER);
    try {
      site.door.guard.webhook(post("prometheus", "forged " + XSS));
    } catch (TurnedAway refused) {
      site.clock.move(Duration.ofMinutes(3).plusSeconds(1));
    }
    String unreadable = site.door.inbox.accept(site.door.guard.operator(post(Guard.OPERATOR, XSS)));
    site.node.transaction().run(() -> site.door.inbox.quarantine(unreadable, "No format: " + XSS));
    String kept = site.door.inbox.accept(site.door.guard.operator(post(Guard.OPERATOR, ALERT)));
    AlarmReader reader = new AlarmReader(site.plans);
    site.node
        .transaction()
        .run(
            () -> {
              site.door
                  .inbox
                  .claim(10)
                  .forEach(event -> site.bean(Incidents.class).take(reader.read(event).alarms()));
              site.door.inbox.done(List.of(kept));
            });
    incident = site.bean(Incidents.class).open().get(0).id();
  }

  @AfterAll
  void close() {
    chromium.close();
    site.close();
  }

  private static Post post(String sender, String body) {
    return new Post(sender, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private Page viewer(int width) {
    Page page = chromium.page(width, ColorScheme.LIGHT, true);
    page.navigate(site.url() + "/login");
    page.getByLabel("User name").fill("viewer");
    page.getByLabel("Password").fill(site.user("viewer", Role.VIEWER));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
    return page;
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void quarantine_says_why_from_whom_when_and_how_much_and_shows_one_as_text(int width) {
    Page page = viewer(width);
    page.navigate(site.url() + "/incidents");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("events are in quarantine"))
        .click();
    assertThat(page.locator("h1")).containsText("2");
    assertThat(page.locator("tbody tr")).hasCount(2);
    assertThat(page.locator("tbody tr").first()).containsText("No format: <script>");
    assertThat(page.locator("tbody tr").first()).containsText("operator");
    assertThat(page.locator("tbody tr").first()).containsText(XSS.length() + " bytes");
    assertThat(page.locator("tbody tr").last()).containsText("3 min ago");
    Chromium.shoot(page, "quarantine-" + width);
    assertThat(Chromium.scrollsSideways(page)).isFalse();

    page.locator("tbody tr a").first().click();
    assertThat(page.locator("pre")).hasText(XSS);
    assertThat(page.locator("article")).containsText("quarantined");
    Chromium.shoot(page, "event-" + width);
    assertThat(chromium.complaints()).isEmpty();
    assertThat(Chromium.scrollsSideways(page)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void an_incident_leads_to_the_event_as_it_came(int width) {
    Page page = viewer(width);
    page.navigate(site.url() + "/incidents/" + incident);
    page.getByText("newest event as it came").click();
    assertThat(page.locator("pre")).hasText(ALERT);
    assertThat(page.locator("article")).containsText("done");
    Chromium.shoot(page, "event-raw-" + width);
    assertThat(chromium.complaints()).isEmpty();
    assertThat(Chromium.scrollsSideways(page)).isFalse();
  }
}
