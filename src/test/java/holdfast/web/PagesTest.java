package holdfast.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import holdfast.catalog.Point;
import holdfast.catalog.Proof;
import holdfast.harness.Chromium;
import holdfast.journal.Code;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see, in a real browser, on a phone and on a desk. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {

  private static final String XSS = "<script>alert(1)</script><img src=x onerror=alert(2)>";

  private Site site;
  private Chromium chromium;
  private Point point;
  private Run failed;

  @BeforeAll
  void open() {
    site = Site.open();
    chromium = new Chromium();
    site.user("operator", Role.OPERATOR);
    site.user("viewer", Role.VIEWER);
    site.user("boss", Role.ADMIN);
    failed = begin(Run.Kind.BACKUP);
    site.node
        .runs()
        .fail(
            failed,
            new RunException(
                Code.UNREACHABLE,
                "roleferry",
                true,
                "The database at db.roleferry.internal does not answer: check that it runs and that this host may reach port 5432. "
                    + XSS),
            List.of());
    site.clock.move(Duration.ofMinutes(3));
    point = site.shelf.point();
    site.clock.move(Duration.ofMinutes(1));
    site.shelf.prove(point, Proof.Verdict.PASS, "", 41.3);
    point = site.shelf.catalog().find(point.id()).orElseThrow();
    site.clock.move(Duration.ofMinutes(13));
  }

  @AfterAll
  void close() {
    chromium.close();
    site.close();
  }

  private Run begin(Run.Kind kind) {
    return site.node.runs().begin(request(kind));
  }

  private Runs.Request request(Run.Kind kind) {
    return new Runs.Request(
        site.node.ids().next(), kind, Site.DATABASE, "page", "operator", null, null);
  }

  private Page signedIn(String name, Role role, int width, ColorScheme scheme, boolean scripts) {
    Page page = chromium.page(width, scheme, scripts);
    page.navigate(site.url() + "/login");
    page.getByLabel("User name").fill(name);
    page.getByLabel("Password").fill(site.user(name, role));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
    return page;
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void the_status_page_says_verdict_objectives_and_next_run(int width) {
    Page page = signedIn("operator", Role.OPERATOR, width, ColorScheme.LIGHT, true);

    assertThat(page.locator("h1")).containsText("1 of 1");
    assertThat(page.locator("h1")).containsText("asset proven within objectives");
    assertThat(page.locator(".badge").first()).hasText("PASS");
    assertThat(page.locator("[data-fact=rpo] dd")).containsText(Pattern.compile("1\\d min"));
    assertThat(page.locator("[data-fact=rpo] dd")).containsText("of 24 h");
    assertThat(page.locator("[data-fact=rto] dd")).containsText("41 s");
    assertThat(page.locator("[data-fact=rto] dd")).containsText("of 2 h");
    assertThat(page.locator("[data-fact=next] dd"))
        .containsText("Sun 22 Nov, 02:00 Europe/Berlin (Sun 22 Nov, 01:00 UTC)");
    Chromium.shoot(page, "status-" + width);
    calm(page);
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void progress_moves_on_the_status_page_without_reloading_it(int width) {
    Run run = begin(Run.Kind.BACKUP);
    try {
      moved(run, 400_000_000);
      Page page = signedIn("operator", Role.OPERATOR, width, ColorScheme.LIGHT, true);
      page.evaluate("window.stayed = true");
      assertThat(page.locator("progress")).hasAttribute("value", "400000000");
      assertThat(page.locator(".figures")).containsText("400 MB of about 1.5 GB");
      Chromium.shoot(page, "progress-" + width);

      moved(run, 1_200_000_000);

      assertThat(page.locator(".figures"))
          .containsText("1.2 GB of about 1.5 GB · 96.0 MB/s · about 11 s left");
      assertThat((Integer) page.locator("progress").evaluate("bar => bar.value"))
          .isEqualTo(1_200_000_000);
      end(run);
      assertThat(page.locator("progress")).hasCount(0);
      assertThat((Boolean) page.evaluate("window.stayed")).isTrue();
      calm(page);
    } finally {
      end(run);
    }
  }

  private void moved(Run run, long bytes) {
    site.node
        .runs()
        .heartbeat(run, new Run.Progress("dump", bytes, 1_500_000_000L, 96_000_000, 11L));
  }

  private void end(Run run) {
    site.node
        .runs()
        .fail(
            run,
            new RunException(
                Code.CANCELLED, "roleferry", false, "The run was cancelled by operator."),
            List.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void an_impossible_proof_is_told_in_words_and_never_as_a_pass(int width) {
    site.clock.move(Duration.ofSeconds(1));
    site.shelf.prove(
        point,
        Proof.Verdict.COULD_NOT_VERIFY,
        "The package postgresql-15-postgis-3 is not installed: install it and prove again. " + XSS,
        0);
    Page page = signedIn("viewer", Role.VIEWER, width, ColorScheme.DARK, true);

    assertThat(page.locator("h1")).containsText("0 of 1");
    assertThat(page.locator(".badge").first()).hasText("COULD-NOT-VERIFY");
    assertThat(page.locator(".reason")).containsText("<script>alert(1)</script>");
    assertThat(page.getByText("Back up now")).hasCount(0);
    Chromium.shoot(page, "unsure-dark-" + width);
    calm(page);
    site.clock.move(Duration.ofSeconds(1));
    site.shelf.prove(point, Proof.Verdict.PASS, "", 41.3);
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void the_asset_page_shows_points_proofs_and_runs(int width) {
    Page page = signedIn("operator", Role.OPERATOR, width, ColorScheme.LIGHT, true);
    page.locator("h3 a").click();

    assertThat(page.locator("[data-live=points]")).containsText(point.id());
    assertThat(page.locator("[data-live=proofs]")).containsText("= 7, as in the dump");
    assertThat(page.locator("[data-live=history]")).containsText("does not answer");
    Chromium.shoot(page, "asset-" + width);
    calm(page);
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void a_run_is_started_followed_and_cancelled(int width) {
    Page page = signedIn("operator", Role.OPERATOR, width, ColorScheme.LIGHT, true);
    page.getByText("Back up now").click();
    assertThat(page).hasURL(Pattern.compile(".*/runs/.*"));
    Run run = site.node.runs().find(page.url().replaceAll(".*/", "")).orElseThrow();
    moved(run, 700_000_000);
    assertThat(page.locator(".figures")).containsText("700 MB of about 1.5 GB");
    Chromium.shoot(page, "run-" + width);

    page.getByText("Cancel this run").click();
    assertThat(page.locator("h1")).containsText("Backup of roleferry/database");
    end(run);
    assertThat(page.locator("[role=status]")).containsText("cancelled by operator");
    assertThat(page.locator("progress")).hasCount(0);
    calm(page);
  }

  @Test
  void a_run_that_waits_has_its_page_and_is_cancelled_there() {
    Run run = site.node.runs().queue(request(Run.Kind.VERIFY));
    Page page = signedIn("operator", Role.OPERATOR, 390, ColorScheme.LIGHT, true);
    for (int looks = 0; looks < 2; looks++) {
      page.navigate(site.url() + "/runs/" + run.id());
      assertThat(page.locator(".badge").first()).hasText("queued");
      assertThat(page.locator(".running")).containsText("Waiting for its turn");
    }
    Chromium.shoot(page, "queued-390");

    page.getByText("Cancel this run").click();
    assertThat(page.locator("[role=status]")).containsText("cancelled by operator");
    calm(page);
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void the_page_of_a_done_run_shows_its_point_and_messages(int width) {
    Page page = signedIn("viewer", Role.VIEWER, width, ColorScheme.LIGHT, true);
    page.navigate(site.url() + "/runs/" + point.id());

    assertThat(page.locator("[data-live=messages]")).containsText("slack");
    assertThat(page.locator("[data-live=point]")).containsText(point.sealedSha256());
    Chromium.shoot(page, "point-" + width);
    calm(page);
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void an_admin_makes_users_and_tokens_which_are_shown_once(int width) {
    Page page = signedIn("boss", Role.ADMIN, width, ColorScheme.LIGHT, true);
    page.getByText("People").click();
    page.getByLabel("New token").fill("deploy hook " + width + XSS);
    page.getByText("Make token").click();

    assertThat(page.locator(".once code")).containsText("hf_");
    assertThat(page.locator("#tokens ~ .wide")).containsText("deploy hook");
    Chromium.shoot(page, "people-" + width);
    page.navigate(site.url() + "/people");
    assertThat(page.locator(".once")).hasCount(0);
    calm(page);
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void the_account_and_login_pages_fit(int width) {
    Page page = signedIn("viewer", Role.VIEWER, width, ColorScheme.LIGHT, true);
    page.navigate(site.url() + "/account");
    Chromium.shoot(page, "account-" + width);
    calm(page);
    page.getByText("Sign out").click();
    assertThat(page.getByText("You are signed out.")).isVisible();
    Chromium.shoot(page, "login-" + width);
    calm(page);
  }

  @Test
  void without_scripts_everything_still_works() {
    Page page = signedIn("operator", Role.OPERATOR, 390, ColorScheme.LIGHT, false);

    assertThat(page.locator("h1")).containsText("1 of 1");
    page.getByText("Prove now").click();
    assertThat(page.locator("h1")).containsText("Proof of roleferry/database");
    end(site.node.runs().find(page.url().replaceAll(".*/", "")).orElseThrow());
    assertThat(page.locator("noscript")).hasCount(1);
  }

  private void calm(Page page) {
    assertThat(chromium.complaints()).isEmpty();
    assertThat(Chromium.scrollsSideways(page)).isFalse();
  }
}
