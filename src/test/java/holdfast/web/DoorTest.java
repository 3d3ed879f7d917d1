package holdfast.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Signing in, staying in, and what slows down guessing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorTest {

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
  void the_first_admin_signs_in_with_the_password_in_the_private_file() throws IOException {
    Path file = site.folder.resolve(".holdfast/admin.password");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Browser browser = site.browser();

    HttpResponse<String> answer = browser.login("admin", Files.readString(file).strip());

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(browser.get("/").body()).contains("Your password was generated for you");
  }

  @Test
  void without_a_session_every_page_leads_to_the_form() {
    HttpResponse<String> answer = site.browser().get("/");

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).hasValue(site.url() + "/login");
  }

  @Test
  void signing_in_changes_the_session_so_that_a_planted_one_is_worth_nothing() {
    String password = site.user("fixed", Role.VIEWER);
    Browser browser = site.browser();
    browser.get("/login");
    String before = browser.session();

    HttpResponse<String> answer = browser.login("fixed", password);

    assertThat(before).isNotEmpty();
    assertThat(browser.session()).isNotEmpty().isNotEqualTo(before);
    assertThat(answer.headers().allValues("Set-Cookie"))
        .anySatisfy(
            cookie ->
                assertThat(cookie).startsWith("holdfast=").contains("HttpOnly", "SameSite=Lax"));
  }

  @Test
  void after_five_wrong_passwords_even_the_right_one_must_wait() {
    String password = site.user("guessed", Role.VIEWER);
    Browser browser = site.browser();
    for (int i = 0; i < 5; i++) {
      assertThat(location(browser.login("guessed", "wrong " + i))).endsWith("/login?wrong");
    }

    assertThat(location(browser.login("guessed", password))).endsWith("/login?wait=1");
    assertThat(browser.get("/login?wait=1").body()).contains("Try again in about 1 min");

    site.clock.move(Duration.ofSeconds(31));
    assertThat(location(browser.login("guessed", password))).endsWith("/");
  }

  @Test
  void guessing_with_many_at_once_gains_nothing() throws Exception {
    LoginGuard guard = site.bean(LoginGuard.class);
    ExecutorService many = Executors.newFixedThreadPool(16);
    try {
      List<Future<Duration>> waits =
          many.invokeAll(Collections.nCopies(60, () -> guard.charge("raced", "192.0.2.7")));
      int passed = 0;
      for (Future<Duration> wait : waits) {
        passed += wait.get().isZero() ? 1 : 0;
      }
      assertThat(passed).isEqualTo(Backoff.ACCOUNT.free());
    } finally {
      many.shutdownNow();
    }
  }

  @Test
  void an_address_that_guesses_many_names_must_wait_too_with_its_whole_ipv6_net() {
    LoginGuard guard = site.bean(LoginGuard.class);
    for (int i = 0; i < Backoff.ADDRESS.free(); i++) {
      assertThat(guard.charge("name" + i, "2001:db8::" + i)).isZero();
    }

    assertThat(guard.charge("another", "2001:db8::ffff")).isPositive();
    assertThat(guard.charge("another", "2001:db8:1::1")).isZero();
  }

  @Test
  void a_wrong_name_and_a_wrong_password_get_the_same_answer() {
    site.user("known", Role.VIEWER);
    Browser browser = site.browser();

    assertThat(location(browser.login("known", "wrong")))
        .isEqualTo(location(browser.login("unknown", "wrong")))
        .isEqualTo(location(browser.login("un\0known' OR 1=1", "wrong")));
  }

  @Test
  void a_changed_password_or_role_ends_the_sessions_begun_before() {
    Browser browser = site.browser();
    browser.login("changing", site.user("changing", Role.OPERATOR));
    assertThat(browser.get("/").statusCode()).isEqualTo(200);

    site.bean(Accounts.class).changeRole("changing", Role.VIEWER, "test");

    assertThat(browser.get("/").statusCode()).isEqualTo(302);
  }

  @Test
  void a_session_ends_after_twelve_hours_whatever_happens_in_it() {
    Browser browser = site.browser();
    browser.login("lasting", site.user("lasting", Role.VIEWER));
    assertThat(browser.get("/").statusCode()).isEqualTo(200);

    site.clock.move(Duration.ofHours(12));

    assertThat(browser.get("/").statusCode()).isEqualTo(302);
  }

  @Test
  void somebody_changes_their_own_password_and_signs_in_with_it() {
    String password = site.user("own", Role.VIEWER);
    Browser browser = site.browser();
    browser.login("own", password);

    browser.submit(
        "/account",
        "/account/password",
        Map.of("current", password, "fresh", "short", "again", "short"));
    assertThat(browser.get("/account").body()).contains("at least 12 characters");

    HttpResponse<String> done =
        browser.submit(
            "/account",
            "/account/password",
            Map.of("current", password, "fresh", "quite new words", "again", "quite new words"));

    assertThat(location(done)).endsWith("/login?changed");
    assertThat(browser.get("/").statusCode()).isEqualTo(302);
    assertThat(location(browser.login("own", "quite new words"))).endsWith("/");
  }

  @Test
  void signing_out_ends_the_session() {
    Browser browser = site.browser();
    browser.login("leaving", site.user("leaving", Role.VIEWER));

    assertThat(location(browser.submit("/", "/logout", Map.of()))).endsWith("/login?out");
    assertThat(browser.get("/").statusCode()).isEqualTo(302);
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("nowhere");
  }
}
