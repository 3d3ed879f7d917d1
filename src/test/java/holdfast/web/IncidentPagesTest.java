package holdfast.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import holdfast.alarm.Alarm;
import holdfast.harness.Chromium;
import holdfast.incident.AckLinks;
import holdfast.incident.Incident;
import holdfast.incident.Incidents;
import holdfast.incident.Opening;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see of incidents, and what they can do, in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IncidentPagesTest {

  private static final String XSS = "<script>alert(1)</script><img src=x onerror=alert(2)>";

  private Site site;
  private Chromium chromium;
  private Incidents incidents;
  private int number;

  @BeforeAll
  void open() {
    site = Site.open();
    chromium = new Chromium();
    incidents = site.bean(Incidents.class);
    site.user("operator", Role.OPERATOR);
    site.user("viewer", Role.VIEWER);
  }

  @AfterAll
  void close() {
    chromium.close();
    site.close();
  }

  @BeforeEach
  void nothing_is_open() {
    incidents
        .open()
        .forEach(each -> incidents.resolve(each.id(), "tester", "Another test begins."));
    site.clock.move(Duration.ofHours(5));
  }

  private String alarm(String title, Severity severity) {
    number++;
    Alarm alarm =
        new Alarm(
            "receipt-" + number,
            0,
            "monitor",
            "alertmanager",
            title,
            Alarm.State.FIRING,
            severity,
            Situation.DATABASE,
            new Alarm.Subject("roleferry", "database", "database", "db-1", "", "us-east-1"),
            title,
            "FATAL: the database system is shutting down",
            site.clock.instant(),
            Alarm.Clock.EVENT,
            0,
            "print-" + number,
            "https://monitor.example.test/graph",
            Map.of());
    return incidents.take(List.of(alarm)).opened().get(0);
  }

  private Page signedIn(String name, Role role, int width, ColorScheme scheme) {
    Page page = chromium.page(width, scheme, true);
    page.navigate(site.url() + "/login");
    page.getByLabel("User name").fill(name);
    page.getByLabel("Password").fill(site.user(name, role));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
    return page;
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .first()
        .click();
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void the_list_says_first_how_many_nobody_has_acknowledged(int width) {
    alarm("Connections refused", Severity.CRITICAL);
    site.clock.move(Duration.ofMinutes(14));
    Page page = signedIn("operator", Role.OPERATOR, width, ColorScheme.LIGHT);

    page.navigate(site.url() + "/incidents");

    assertThat(page.locator("h1")).containsText("1");
    assertThat(page.locator("h1")).containsText("waits for somebody to acknowledge it");
    assertThat(page.locator("article h3").first()).containsText("Connections refused");
    assertThat(page.locator("article .badge").first()).hasText("critical");
    Chromium.shoot(page, "incidents-" + width);
    calm(page);

    press(page, "Acknowledge");

    assertThat(page.locator("main")).containsText("operator deals with it");
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void one_incident_shows_who_is_next_and_what_happened(int width) {
    String id = alarm("Connections refused " + XSS, Severity.CRITICAL);
    site.clock.move(Duration.ofMinutes(14));
    Page page = signedIn("operator", Role.OPERATOR, width, ColorScheme.LIGHT);

    page.navigate(site.url() + "/incidents/" + id);

    assertThat(page.locator("h1")).containsText("Connections refused <script>");
    assertThat(page.locator(".figure")).containsText(Pattern.compile("in 1 h 4[56] min"));
    assertThat(page.locator(".figure"))
        .containsText("level 2 is called unless somebody acknowledges: Ben");
    assertThat(page.locator(".timeline li").first()).containsText("opened");
    assertThat(page.getByText("at its source")).hasAttribute("rel", "noopener noreferrer nofollow");
    Chromium.shoot(page, "incident-" + width);
    calm(page);

    page.getByLabel("Note for the timeline").fill("Looking at the replica");
    press(page, "Add");
    assertThat(page.locator(".timeline")).containsText("Looking at the replica");
    page.getByLabel("Expected to be over in (minutes)").fill("45");
    press(page, "Tell");
    assertThat(page.locator("main")).containsText("Expected to be over");
    page.getByLabel("What ended it").fill("Failed over to the replica");
    press(page, "Resolve");
    assertThat(page.locator("main")).containsText("Failed over to the replica");
    assertThat(page.locator("dt", new Page.LocatorOptions().setHasText("Expected to be over")))
        .hasCount(0);
    Chromium.shoot(page, "incident-resolved-" + width);
    calm(page);
  }

  @Test
  void a_person_opens_one_by_hand_and_it_calls_people() {
    Page page = signedIn("operator", Role.OPERATOR, 1280, ColorScheme.DARK);
    page.navigate(site.url() + "/incidents");
    page.getByLabel("What is wrong").fill("The office is on fire");
    page.getByLabel("Severity").selectOption("CRITICAL");

    press(page, "Open and call people");

    assertThat(page.locator("h1")).containsText("The office is on fire");
    Chromium.shoot(page, "incident-by-hand-dark");
    Incident opened = incidents.open().get(0);
    assertThat(opened.openedBy()).isEqualTo("operator");
    assertThat(opened.severity()).isEqualTo(Severity.CRITICAL);
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void contacts_say_who_is_on_call_now(int width) {
    Page page = signedIn("viewer", Role.VIEWER, width, ColorScheme.LIGHT);
    page.navigate(site.url() + "/contacts");

    assertThat(page.locator("article h3")).hasText(Pattern.compile("Anna|Ben"));
    assertThat(page.locator("article")).containsText("on call, first on call");
    assertThat(page.locator("main")).containsText("Level 2");
    assertThat(page.locator("main")).containsText("every incident");
    Chromium.shoot(page, "contacts-" + width);
    calm(page);
  }

  @Test
  void whoever_only_looks_is_offered_nothing_else() {
    String id = alarm("Connections refused", Severity.HIGH);
    Page page = signedIn("viewer", Role.VIEWER, 1280, ColorScheme.LIGHT);
    page.navigate(site.url() + "/incidents/" + id);

    assertThat(page.locator("main form")).hasCount(0);
  }

  @Test
  void looking_at_a_link_ten_times_acknowledges_nothing_and_confirming_it_does_once() {
    String id = alarm("Connections refused", Severity.CRITICAL);
    String key = site.bean(AckLinks.class).make(id, "ops-email");
    Page page = chromium.page(390, ColorScheme.LIGHT, true);
    for (int i = 0; i < 10; i++) {
      page.navigate(site.url() + "/incidents/" + id + "/ack?key=" + key);
    }
    assertThat(incidents.find(id).orElseThrow().state()).isEqualTo(Incident.State.OPEN);
    assertThat(page.locator("h1")).hasText("Do you deal with this?");
    Chromium.shoot(page, "acknowledge-link");

    press(page, "Acknowledge");

    assertThat(page.locator("h1")).hasText("Thank you. Nobody else is called.");
    Incident acknowledged = incidents.find(id).orElseThrow();
    assertThat(acknowledged.state()).isEqualTo(Incident.State.ACKNOWLEDGED);
    assertThat(acknowledged.acknowledgedBy()).isEqualTo("link of ops-email");
    page.navigate(site.url() + "/incidents/" + id + "/ack?key=" + key);
    assertThat(page.locator("h1")).containsText("used up or too old");
    assertThat(page.locator("main")).not().containsText("Connections refused");
  }

  @Test
  void a_link_of_one_incident_opens_no_other() {
    String first = alarm("First", Severity.CRITICAL);
    Incident second =
        incidents
            .find(
                incidents.open(
                    new Opening(null, Severity.HIGH, Situation.SECURITY, "Second", "", "somebody")))
            .orElseThrow();
    String key = site.bean(AckLinks.class).make(first, "ops-email");
    Browser browser = site.browser();
    String page = "/incidents/" + second.id() + "/ack?key=" + key;

    assertThat(browser.get(page).body()).contains("used up or too old").doesNotContain("Second");
    browser.submit(
        "/incidents/" + first + "/ack?key=" + key,
        "/incidents/" + second.id() + "/ack",
        Map.of("key", key));

    assertThat(incidents.find(second.id()).orElseThrow().state()).isEqualTo(Incident.State.OPEN);
  }

  private void calm(Page page) {
    assertThat(chromium.complaints()).isEmpty();
    assertThat(Chromium.scrollsSideways(page)).isFalse();
  }
}
