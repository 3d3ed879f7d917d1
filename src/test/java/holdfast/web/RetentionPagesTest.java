package holdfast.web;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.Point;
import holdfast.catalog.Proof;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Why each point is kept, and the button that holds one. */
class RetentionPagesTest {

  private static final String PAGE = "/systems/roleferry/database/retention";

  private Site site;
  private Point point;

  @BeforeEach
  void open() {
    site = Site.open();
    point = site.shelf.point();
    site.clock.move(Duration.ofMinutes(1));
    site.shelf.prove(point, Proof.Verdict.PASS, "", 1);
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Browser as(Role role) {
    Browser browser = site.browser();
    browser.login("owner-" + role.words(), site.user("owner-" + role.words(), role));
    return browser;
  }

  @Test
  void a_page_says_of_each_point_what_becomes_of_it_and_why() {
    Browser viewer = as(Role.VIEWER);
    assertThat(viewer.get("/systems/roleferry/database").body()).contains(PAGE);
    String page = viewer.get(PAGE).body();
    assertThat(page).contains("keep-within 730 days, keep-last 7, at-least 7 days");
    assertThat(page)
        .contains("newest proven point", point.id())
        .doesNotContain("<form class=\"row\"");
    assertThat(viewer.get("/systems/roleferry/nothing/retention").statusCode()).isEqualTo(400);
  }

  @Test
  void an_operator_holds_a_point_and_the_page_says_who_and_why() {
    Browser operator = as(Role.OPERATOR);
    HttpResponse<String> held =
        operator.submit(
            PAGE, PAGE + "/hold", Map.of("point", point.id(), "reason", "a <b>lawsuit</b>"));
    assertThat(held.statusCode()).isEqualTo(302);
    assertThat(operator.get(PAGE).body())
        .contains("held by owner-operator since", "a &lt;b&gt;lawsuit&lt;/b&gt;");
  }

  @Test
  void the_api_shows_holds_and_refuses_what_is_not_there() {
    String token = "Bearer " + site.token(Role.ADMIN);
    Browser program = site.browser();
    HttpResponse<String> report =
        program.send(program.request("/api/v1/retention").header("Authorization", token).GET());
    assertThat(report.statusCode()).isEqualTo(200);
    assertThat(report.body()).contains("\"asset\":\"roleferry/database\"", "\"fate\":\"KEEP\"");
    assertThat(post(program, token, "/api/v1/holds", "{\"point\":\"x\",\"reason\":\"y\"}"))
        .isEqualTo(400);
    assertThat(post(program, token, "/api/v1/retention/approvals/0123456789abcdef", "{}"))
        .isEqualTo(400);
    assertThat(
            post(
                program,
                token,
                "/api/v1/retention/take-backs",
                "{\"point\":\"%s\"}".formatted(point.id())))
        .isEqualTo(400);
  }

  private static int post(Browser program, String token, String path, String body) {
    return program
        .send(
            program
                .request(path)
                .header("Authorization", token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)))
        .statusCode();
  }
}
