package holdfast.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import holdfast.harness.Chromium;
import holdfast.harness.SamplePlan;
import holdfast.plan.ProbeSpec;
import holdfast.plan.Severity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people and programs see of the probes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProbesPageTest {

  private static final String REASON =
      "https://shop.example/health answered 500 instead of 200. <b>bold</b>";

  private Site site;
  private Chromium chromium;

  @BeforeAll
  void open() {
    site =
        Site.open(
            probe("health", new ProbeSpec.Http(URI.create("https://shop.example/"), 200, null)),
            probe("answers", new ProbeSpec.Database("prod", "shop")),
            probe("entry", new ProbeSpec.Database("locked", "shop")),
            probe("lag", new ProbeSpec.ReplicaLag("prod", "shop", Duration.ofMinutes(5))));
    chromium = new Chromium();
    insert("health", "DOWN", "02:20:00", "'" + REASON + "'", "02:30:00");
    insert("answers", "UP", "01:30:00", "''", "02:29:30");
    insert("entry", "COULD_NOT_PROBE", "02:00:00", "'The variable X is not set.'", "02:29:00");
    insert("lag", "UP", "01:00:00", "''", "02:00:00");
    site.node.sql(
        "INSERT INTO probe_days VALUES ('roleferry', 'database', '2026-11-20', 86300000, 100000),"
            + " ('roleferry', 'database', '2026-10-20', 0, 86400000)");
  }

  private void insert(String probe, String state, String since, String reason, String looked) {
    site.node.sql(
        ("INSERT INTO probe_results (system, probe, state, since, reason, looked_at, due_at) VALUES"
                + " ('roleferry', '%s', '%s', '2026-11-21T%sZ', %s, '2026-11-21T%sZ', now())")
            .formatted(probe, state, since, reason, looked));
  }

  private static ProbeSpec probe(String name, ProbeSpec.Target target) {
    return new ProbeSpec(
        "roleferry",
        name,
        "database",
        Duration.ofMinutes(1),
        Duration.ofSeconds(5),
        3,
        Severity.HIGH,
        target,
        SamplePlan.asset().origin());
  }

  @AfterAll
  void close() {
    chromium.close();
    site.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void the_status_page_has_a_line_for_each_probe_and_the_availability(int width) {
    Page page = chromium.page(width, ColorScheme.LIGHT, true);
    page.navigate(site.url() + "/login");
    page.getByLabel("User name").fill("viewer");
    page.getByLabel("Password").fill(site.user("viewer", Role.VIEWER));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();

    Locator health = page.locator("[data-probe=health]");
    assertThat(health).containsText("DOWN");
    assertThat(health).containsText("10 min ago");
    assertThat(health).containsText(REASON);
    assertThat(page.locator("[data-probe=answers]")).containsText("UP");
    assertThat(page.locator("[data-probe=entry]")).containsText("COULD-NOT-PROBE");
    assertThat(page.locator("[data-probe=lag]")).containsText("UNKNOWN");
    Locator availability = page.locator("[data-fact=availability-database] dd");
    assertThat(availability).containsText("99.884 %");
    assertThat(availability).containsText("of 99.9 %");
    assertThat(availability).containsText("28 days unknown");
    assertThat(fits(page, "document.documentElement")).isTrue();
    assertThat(fits(page, "document.querySelector('.wide')")).isTrue();
    Chromium.shoot(page, "probes-" + width);
  }

  private static boolean fits(Page page, String box) {
    return (Boolean) page.evaluate("%s.scrollWidth <= %s.clientWidth".formatted(box, box));
  }

  @Test
  void programs_get_the_same_as_json() throws IOException {
    HttpResponse<String> answer =
        site.browser()
            .send(
                HttpRequest.newBuilder(URI.create(site.url() + "/api/v1/probes"))
                    .header("Authorization", "Bearer " + site.token(Role.VIEWER)));
    JsonNode json = new ObjectMapper().readTree(answer.body());

    assertThat(json.path("probes").path(0).path("state").asText()).isEqualTo("DOWN");
    assertThat(json.path("probes").path(3).path("state").asText()).isEqualTo("UNKNOWN");
    assertThat(json.path("availability").path(0).path("down").asText()).isEqualTo("PT1M40S");
    assertThat(json.path("availability").path(0).path("share").asDouble())
        .isEqualTo(86_300.0 / 86_400);
  }
}
