package holdfast.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holdfast.harness.Postgres;
import holdfast.journal.Run;
import holdfast.journal.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs may ask, what they hear when it is wrong, and how their tokens are kept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Site site;
  private String operator;
  private String admin;

  @BeforeAll
  void open() {
    site = Site.open();
    operator = site.token(Role.OPERATOR);
    admin = site.token(Role.ADMIN);
  }

  @AfterAll
  void close() {
    site.close();
  }

  @Test
  void a_backup_is_accepted_with_its_run_which_can_be_followed_and_cancelled() throws IOException {
    HttpResponse<String> accepted =
        post(operator, "/api/v1/backups", "{\"asset\":\"roleferry/database\"}");
    String run = JSON.readTree(accepted.body()).path("run").asText();

    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(json(get(operator, "/api/v1/runs/" + run)).path("actor").asText())
        .isEqualTo("owner-operator by token test");
    assertThat(post(operator, "/api/v1/backups", "{\"asset\":\"roleferry/database\"}").statusCode())
        .isEqualTo(409);
    assertThat(post(operator, "/api/v1/runs/" + run + "/cancel", "").statusCode()).isEqualTo(202);
  }

  @Test
  void a_run_that_waits_is_there_and_ends_when_it_is_cancelled() {
    String run = site.node.ids().next();
    site.node
        .runs()
        .queue(new Runs.Request(run, Run.Kind.RESTORE, Site.DATABASE, "api", "ada", null, "point"));

    assertThat(json(get(operator, "/api/v1/runs/" + run)).path("state").asText())
        .isEqualTo("QUEUED");
    assertThat(get(operator, "/api/v1/runs?asset=roleferry/database").body()).contains(run);
    assertThat(post(operator, "/api/v1/runs/" + run + "/cancel", "").statusCode()).isEqualTo(202);
    assertThat(json(get(operator, "/api/v1/runs/" + run)).path("state").asText())
        .isEqualTo("CANCELLED");
  }

  @Test
  void an_incident_is_opened_followed_and_ended_and_says_what_a_restore_would_lose() {
    HttpResponse<String> opened =
        post(
            operator,
            "/api/v1/incidents",
            "{\"system\":\"roleferry\",\"severity\":\"high\",\"situation\":\"database\","
                + "\"title\":\"Orders are missing\",\"text\":\"\"}");
    String incident = "/api/v1/incidents/" + json(opened).path("incident").asText();
    JsonNode detail = json(get(operator, incident));

    assertThat(opened.statusCode()).isEqualTo(201);
    assertThat(detail.at("/incident/title").asText()).isEqualTo("Orders are missing");
    assertThat(detail.at("/levels/0/standing").asText()).isEqualTo("TOLD");
    assertThat(detail.at("/losses/0/words").asText()).contains("roleferry/database");
    assertThat(json(post(operator, incident + "/acknowledge", "")).path("acknowledgedVia").asText())
        .isEqualTo("api");
    assertThat(
            json(post(operator, incident + "/resolve", "{\"text\":\"Found\"}"))
                .path("state")
                .asText())
        .isEqualTo("RESOLVED");
  }

  @Test
  void contacts_are_answered_by_system_with_who_is_on_call_now() {
    JsonNode people = json(get(operator, "/api/v1/contacts")).path(0);

    assertThat(people.path("system").asText()).isEqualTo("roleferry");
    assertThat(people.at("/onCall/0/person").asText()).matches("Anna|Ben");
    assertThat(people.at("/onCall/0/until").asText()).endsWith("Z");
    assertThat(people.at("/contacts").findValuesAsText("name")).contains("Anna", "Ben");
    assertThat(people.at("/escalation/1/after").asText()).startsWith("PT");
  }

  @Test
  void the_status_is_json_with_times_in_utc_and_durations_in_iso() {
    JsonNode status = json(get(operator, "/api/v1/status"));

    assertThat(status.path("at").asText()).endsWith("Z");
    assertThat(status.at("/systems/0/assets/0/rpoTarget").asText()).isEqualTo("PT24H");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "/api/v1/backups|{\"asset\":\"nope\"}|400|SYSTEM/ASSET",
        "/api/v1/backups|{}|400|'asset'",
        "/api/v1/backups|{\"asset\":\"a/b\",\"Camel\":1}|400|'Camel' is not known",
        "/api/v1/backups|{\"asset\":|400|line 1",
        "/api/v1/backups|[]|400|JSON",
        "/api/v1/backups|{\"asset\":{\"a\":1}}|400|JSON",
        "/api/v1/backups|{\"asset\":\"a/b\",\"asset\":\"a/b\"}|400|JSON",
        "/api/v1/verifications|{\"point\":\"a\\u0000b\"}|400|'point'",
        "/api/v1/schedules/pause|{\"system\":\"nobody\"}|404|no system nobody",
        "/api/v1/schedules/pause|{\"system\":\"roleferry\",\"asset\":\"x\"}|404|no asset",
        "/api/v1/runs/nothing/cancel||404|no run nothing",
        "/api/v1/nowhere|{}|404|nothing at this address",
      })
  void a_mistake_gets_one_sentence(String path, String body, int status, String words) {
    HttpResponse<String> answer = post(admin, path, body == null ? "" : body);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(json(answer).path("error").asText())
        .contains(words)
        .doesNotContain("\n", "Exception");
    assertThat(json(answer).path("code").asText()).isEqualTo("INVALID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/runs?limit=0",
        "/api/v1/runs?limit=x",
        "/api/v1/points?asset=%27",
        "/api/v1/runs?limit=100000"
      })
  void a_bad_parameter_gets_one_sentence(String path) {
    HttpResponse<String> answer = get(admin, path);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("code").asText()).isEqualTo("INVALID");
  }

  @Test
  void a_large_or_endless_body_is_refused_before_it_is_read() {
    assertThat(post(admin, "/api/v1/backups", "x".repeat(70_000)).statusCode()).isEqualTo(413);
    HttpResponse<String> chunked =
        send(
            request(admin, "/api/v1/backups")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("{}"))));
    assertThat(chunked.statusCode()).isEqualTo(411);
  }

  @Test
  void without_a_valid_token_there_is_401_in_json_and_no_session() {
    for (String token : new String[] {"", "hf_wrong", "x".repeat(500)}) {
      HttpResponse<String> answer = get(token, "/api/v1/status");
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(json(answer).path("code").asText()).isEqualTo("DENIED");
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }
    HttpResponse<String> bare = site.browser().get("/api/v1/status");
    assertThat(bare.statusCode()).isEqualTo(401);
  }

  @Test
  void a_session_reads_the_api_but_changes_nothing_without_the_csrf_token() {
    Browser browser = site.browser();
    browser.login("owner-operator", site.user("owner-operator", Role.OPERATOR));

    assertThat(browser.get("/api/v1/status").statusCode()).isEqualTo(200);
    assertThat(browser.post("/api/v1/routes/check", "").statusCode()).isEqualTo(403);
    assertThat(browser.post("/systems/roleferry/database/backup", "").statusCode()).isEqualTo(403);
    assertThat(browser.post("/logout", "").statusCode()).isEqualTo(403);
    String csrf = browser.csrf("/");
    assertThat(
            browser
                .send(
                    browser
                        .request("/api/v1/routes/check")
                        .header("X-CSRF-TOKEN", csrf)
                        .POST(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_token_is_shown_once_kept_as_a_hash_and_gone_when_revoked() {
    JsonNode issued =
        json(
            post(
                admin,
                "/api/v1/tokens",
                "{\"name\":\"hook\",\"role\":\"viewer\",\"owner\":\"owner-admin\"}"));
    String token = issued.path("token").asText();

    assertThat(token).matches("hf_[A-Za-z0-9_-]{43}");
    assertThat(
            Postgres.ask(site.node.database(), "SELECT string_agg(t::text, '') FROM api_tokens t"))
        .doesNotContain(token.substring(3));
    assertThat(get(admin, "/api/v1/tokens").body()).doesNotContain(token.substring(3));
    assertThat(get(token, "/api/v1/status").statusCode()).isEqualTo(200);
    assertThat(post(token, "/api/v1/backups", "{\"asset\":\"roleferry/database\"}").statusCode())
        .isEqualTo(403);

    send(request(admin, "/api/v1/tokens/" + issued.path("id").asText()).DELETE());
    assertThat(get(token, "/api/v1/status").statusCode()).isEqualTo(401);
  }

  @Test
  void a_token_expires_and_never_does_more_than_its_owner_may_today() {
    site.user("falling", Role.ADMIN);
    Tokens tokens = site.bean(Tokens.class);
    String token =
        tokens.issue("falling", "t", Role.ADMIN, Duration.ofDays(2), "test").secret().reveal();
    assertThat(get(token, "/api/v1/users").statusCode()).isEqualTo(200);

    site.bean(Accounts.class).changeRole("falling", Role.VIEWER, "test");
    assertThat(get(token, "/api/v1/users").statusCode()).isEqualTo(403);
    assertThat(
            post(
                    admin,
                    "/api/v1/tokens",
                    "{\"name\":\"up\",\"role\":\"admin\",\"owner\":\"falling\"}")
                .statusCode())
        .isEqualTo(409);

    site.clock.move(Duration.ofDays(3));
    assertThat(get(token, "/api/v1/status").statusCode()).isEqualTo(401);
  }

  @Test
  void users_come_and_go_but_never_the_last_admin() {
    assertThat(
            post(admin, "/api/v1/users", "{\"name\":\"Bad Name\",\"role\":\"viewer\"}")
                .statusCode())
        .isEqualTo(400);
    JsonNode added = json(post(admin, "/api/v1/users", "{\"name\":\"anna\",\"role\":\"viewer\"}"));
    assertThat(added.path("password").asText()).hasSizeGreaterThan(20);
    assertThat(get(admin, "/api/v1/users").body()).contains("anna").doesNotContain("bcrypt");
    assertThat(send(request(admin, "/api/v1/users/anna").DELETE()).statusCode()).isEqualTo(204);

    Site lonely = Site.open();
    try {
      Accounts accounts = lonely.bean(Accounts.class);
      assertThatThrownBy(() -> accounts.remove("admin", "test")).hasMessageContaining("only admin");
      assertThatThrownBy(() -> accounts.changeRole("admin", Role.VIEWER, "test"))
          .hasMessageContaining("only admin");
    } finally {
      lonely.close();
    }
  }

  private HttpResponse<String> get(String token, String path) {
    return send(request(token, path).GET());
  }

  private HttpResponse<String> post(String token, String path, String body) {
    return send(
        request(token, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String token, String path) {
    return site.browser().request(path).setHeader("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    return site.browser().send(request);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(answer.body(), e);
    }
  }
}
