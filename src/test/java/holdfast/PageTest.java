package holdfast;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import holdfast.harness.Chromium;
import holdfast.harness.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person, a browser and the whole application: back up, watch, prove, read the verdict. */
class PageTest {

  private static final ContainsTextOptions PATIENTLY =
      new ContainsTextOptions().setTimeout(Duration.ofSeconds(90).toMillis());
  private static final Pattern WRITTEN = Pattern.compile("wchar: (\\d+)");
  private static final long SOME_BYTES = 10_000_000;

  private House house;
  private Chromium chromium;

  @BeforeEach
  void open() {
    House.Wishes wishes = new House.Wishes();
    wishes.database = Sample.database();
    wishes.queries = Sample.QUERIES;
    Postgres.run(
        wishes.database,
        "CREATE TABLE bulk AS SELECT i, repeat(md5(i::text), 10) AS body"
            + " FROM generate_series(1, 300000) i");
    house = House.of(wishes).start();
    chromium = new Chromium();
  }

  @AfterEach
  void close() {
    chromium.close();
    house.close();
  }

  @Test
  void a_backup_is_started_watched_and_proven_from_the_page() throws Exception {
    Page page = chromium.page(1280, ColorScheme.LIGHT, true);
    signIn(page);
    assertThat(page.locator("h1")).containsText("0 of 1");
    assertThat(page.locator(".badge").first()).hasText("NOT PROVEN");

    page.getByText("Back up now").click();
    ProcessHandle dump = stoppedInTheMiddle();
    assertThat(page.locator(".figures")).containsText(Pattern.compile("\\d+.* MB"), PATIENTLY);
    Chromium.shoot(page, "real-progress-1280");
    signal(dump, "-CONT");
    assertThat(page.locator("[role=status]")).containsText("Done in", PATIENTLY);

    page.navigate(url());
    page.getByText("Prove now").click();
    assertThat(page.locator("[role=status]")).containsText("Done in", PATIENTLY);
    Chromium.shoot(page, "real-proof-1280");

    for (int width : new int[] {1280, 390}) {
      page.setViewportSize(width, 900);
      page.navigate(url());
      assertThat(page.locator("h1")).containsText("1 of 1");
      assertThat(page.locator(".badge").first()).hasText("PASS");
      assertThat(page.locator("[data-fact=rpo] dd")).containsText("of 24 h");
      assertThat(page.locator("[data-fact=rto] dd")).containsText("of 2 h");
      assertThat(page.locator("[data-fact=next] dd")).containsText("02:00 UTC");
      assertThat(Chromium.scrollsSideways(page)).isFalse();
      Chromium.shoot(page, "real-status-" + width);
    }
    page.locator("h3 a").click();
    assertThat(page.locator("[data-live=proofs]")).containsText("rows of every table");
    Chromium.shoot(page, "real-asset-390");
    assertThat(chromium.complaints()).isEmpty();
  }

  private void signIn(Page page) throws IOException {
    page.navigate(url());
    page.getByLabel("User name").fill("admin");
    page.getByLabel("Password").fill(house.text(".holdfast/admin.password").strip());
    page.locator("button.main").click();
  }

  private String url() {
    return "http://127.0.0.1:" + house.property("local.server.port");
  }

  /** Holds the dump still once bytes have passed, so that there is something to look at. */
  private static ProcessHandle stoppedInTheMiddle() throws IOException, InterruptedException {
    ProcessHandle dump =
        await("pg_dump in the middle of its work")
            .atMost(Duration.ofSeconds(60))
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(2))
            .until(PageTest::dumping, found -> found != null);
    signal(dump, "-STOP");
    return dump;
  }

  private static ProcessHandle dumping() {
    return ProcessHandle.current()
        .descendants()
        .filter(child -> child.info().command().orElse("").endsWith("/pg_dump"))
        .filter(child -> written(child) > SOME_BYTES)
        .findFirst()
        .orElse(null);
  }

  private static long written(ProcessHandle child) {
    try {
      Matcher bytes = WRITTEN.matcher(Files.readString(Path.of("/proc", child.pid() + "", "io")));
      return bytes.find() ? Long.parseLong(bytes.group(1)) : 0;
    } catch (IOException gone) {
      return 0;
    }
  }

  private static void signal(ProcessHandle child, String signal)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", signal, String.valueOf(child.pid())).start().waitFor();
  }
}
