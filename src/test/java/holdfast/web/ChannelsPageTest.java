package holdfast.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import holdfast.alarm.AlarmReader;
import holdfast.harness.Chromium;
import holdfast.incident.AlarmTestWatch;
import holdfast.incident.AlarmTests;
import holdfast.incident.Incidents;
import holdfast.journal.Outbox.Entry;
import holdfast.notify.Circuits;
import holdfast.plan.AlarmTest;
import holdfast.plan.ChannelSpec;
import holdfast.plan.Origin;
import holdfast.plan.SecretRef;
import holdfast.plan.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people, programs and monitors see of the channels. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChannelsPageTest {

  private static final Origin ORIGIN = new Origin(Path.of("application.yml"), 1);
  private static final SecretRef SECRET = new SecretRef(SecretRef.Kind.ENV, "NONE");

  private Site site;
  private Chromium chromium;

  @BeforeAll
  void open() {
    Map<String, ChannelSpec> channels = new LinkedHashMap<>();
    channels.put(
        "ops-slack", new ChannelSpec.Slack("ops-slack", SECRET, reach("ops-mail"), ORIGIN));
    channels.put("ops-mail", new ChannelSpec.Teams("ops-mail", SECRET, reach(null), ORIGIN));
    channels.put("ops-teams", new ChannelSpec.Teams("ops-teams", SECRET, reach(null), ORIGIN));
    site =
        Site.open(
            channels,
            new AlarmTest(
                LocalTime.of(9, 0),
                ZoneId.of("Europe/Berlin"),
                Duration.ofMinutes(15),
                List.of("ops-slack", "ops-mail"),
                ORIGIN));
    chromium = new Chromium();
    happen();
  }

  @AfterAll
  void close() {
    chromium.close();
    site.close();
  }

  private static ChannelSpec.Reach reach(@Nullable String fallback) {
    return new ChannelSpec.Reach(Set.of(Severity.values()), fallback);
  }

  /**
   * A test that Slack confirms and mail does not: its server refuses it twice, then is shut out.
   */
  private void happen() {
    String id = site.bean(AlarmTests.class).begin("anna");
    AlarmReader reader = new AlarmReader(site.plans);
    site.node
        .transaction()
        .run(
            () ->
                site.door
                    .inbox
                    .claim(10)
                    .forEach(
                        event -> site.bean(Incidents.class).take(reader.read(event).alarms())));
    site.clock.move(Duration.ofSeconds(2));
    for (Entry entry : site.node.outbox().ofIncident(id)) {
      if (entry.channel().equals("ops-slack")) {
        site.node.outcomes().delivered(entry.id(), "1763000000.000001");
      } else {
        site.node.sql("UPDATE outbox SET state = 'SENDING', attempts = 3 WHERE id = " + entry.id());
        site.node.outcomes().failed(entry.id(), "The mail server answered 554: <b>go away</b>");
      }
    }
    for (int i = 0; i < 5; i++) {
      site.bean(Circuits.class).failed("ops-mail");
    }
    site.clock.move(Duration.ofMinutes(16));
    site.bean(AlarmTestWatch.class).look();
  }

  private Page signedIn(String name, Role role, int width) {
    Page page = chromium.page(width, ColorScheme.LIGHT, true);
    page.navigate(site.url() + "/login");
    page.getByLabel("User name").fill(name);
    page.getByLabel("Password").fill(site.user(name, role));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
    return page;
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void the_page_says_first_how_many_are_in_trouble_and_then_why(int width) {
    Page page = signedIn("viewer", Role.VIEWER, width);
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Channels")).click();
    assertThat(page.locator("h1")).containsText("1");
    assertThat(page.locator("h1")).containsText("channel is in trouble");
    assertThat(page.locator(".headline")).containsText("Tested every day at 09:00 Europe/Berlin");
    assertThat(page.locator("#channel-ops-slack")).containsText("works");
    assertThat(page.locator("#channel-ops-slack")).containsText("confirmed: 1763000000.000001");
    assertThat(page.locator("#channel-ops-mail")).containsText("trouble");
    assertThat(page.locator("#channel-ops-mail")).containsText("answered 554: <b>go away</b>");
    assertThat(page.locator("#channel-ops-mail")).containsText("not confirmed");
    assertThat(page.locator("#channel-ops-teams")).containsText("untried");
    assertThat(page.locator("main form")).hasCount(0);
    Chromium.shoot(page, "channels-" + width);
    assertThat(chromium.complaints()).isEmpty();
    assertThat(Chromium.scrollsSideways(page)).isFalse();
  }

  @Test
  void an_operator_sends_a_test_from_the_page() {
    int before = site.bean(AlarmTests.class).recent(100).size();
    Page page = signedIn("operator", Role.OPERATOR, 1280);
    page.navigate(site.url() + "/channels");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send a test")).click();
    assertThat(page.locator("h1")).containsText("channel");
    assertThat(site.bean(AlarmTests.class).recent(100)).hasSize(before + 1);
    assertThat(site.bean(AlarmTests.class).recent(1).get(0).askedBy()).isEqualTo("operator");
    site.node.sql("DELETE FROM alarm_tests WHERE asked_by = 'operator'");
  }

  @Test
  void programs_and_monitors_read_the_same() throws Exception {
    Browser browser = site.browser();
    String json =
        browser
            .send(
                browser
                    .request("/api/v1/channels")
                    .header("Authorization", "Bearer " + site.token(Role.VIEWER)))
            .body();
    assertThat(json)
        .contains(
            "\"channel\":\"ops-mail\"",
            "\"standing\":\"TROUBLE\"",
            "\"receipt\":\"1763000000.000001\"");
    Browser monitor = new Browser(site.managementUrl());
    String gauges =
        monitor
            .send(monitor.request("/actuator/prometheus").setHeader("Accept", "text/plain"))
            .body();
    assertThat(gauges)
        .contains(
            "holdfast_channel_works{channel=\"ops-slack\"} 1.0",
            "holdfast_channel_works{channel=\"ops-mail\"} 0.0",
            "holdfast_channel_works{channel=\"ops-teams\"} NaN",
            "holdfast_channel_waiting{channel=\"ops-mail\"} 1.0",
            "holdfast_channel_oldest_waiting_seconds{channel=\"ops-mail\"} 961.999",
            "holdfast_channel_test_timestamp{channel=\"ops-mail\"} NaN");
    assertThat(gauges).contains("holdfast_channel_test_timestamp{channel=\"ops-slack\"} 1.7");
  }
}
