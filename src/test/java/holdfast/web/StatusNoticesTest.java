package holdfast.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import holdfast.catalog.Proof;
import holdfast.harness.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What stands above the assets only when somebody has to look at it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusNoticesTest {

  private static final String RUN = "r1";

  private Site site;
  private Chromium chromium;

  @BeforeAll
  void open() {
    site = Site.open();
    chromium = new Chromium();
    site.shelf.prove(site.shelf.point(), Proof.Verdict.PASS, "", 41.3);
  }

  @AfterAll
  void close() {
    chromium.close();
    site.close();
  }

  private Page status() {
    Page page = chromium.page(390, ColorScheme.LIGHT, true);
    String password = site.user("viewer", Role.VIEWER);
    page.navigate(site.url() + "/login");
    page.getByLabel("User name").fill("viewer");
    page.getByLabel("Password").fill(password);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
    return page;
  }

  @Test
  void messages_that_nobody_got_are_on_the_status_page_and_it_is_not_green() {
    Page page = status();
    assertThat(page.locator(".headline .problem")).hasCount(0);
    assertThat(page.locator(".headline")).hasClass(Pattern.compile(".*\\bgood\\b.*"));

    site.node.sql(
        "INSERT INTO outbox (channel, run_id, event, state, created_at)"
            + " VALUES ('ops-slack', '%s', '{}', 'DEAD', '2026-11-21T02:30:00Z')".formatted(RUN));
    try {
      page.reload();
      assertThat(page.locator(".headline .problem"))
          .hasText(
              "1 message could not be delivered to ops-slack; it is from 2026-11-21 02:30 UTC;"
                  + " see run "
                  + RUN
                  + ".");
      assertThat(page.locator(".headline")).hasClass(Pattern.compile(".*\\bunsure\\b.*"));
    } finally {
      site.node.sql("DELETE FROM outbox WHERE state = 'DEAD'");
    }
  }

  @Test
  void a_plan_file_that_is_not_live_is_named_on_the_status_page() throws IOException {
    Path late = site.folder.resolve("systems/late.yml");
    Files.createDirectories(late.getParent());
    Files.writeString(late, "system: late");
    try {
      Page page = status();
      assertThat(page.locator(".headline .notice"))
          .hasText(
              "systems/late.yml was added since the service started. Restart it to make the"
                  + " change live.");
      Files.delete(late);
      page.reload();
      assertThat(page.locator(".headline .notice")).hasCount(0);
    } finally {
      Files.deleteIfExists(late);
    }
  }
}
