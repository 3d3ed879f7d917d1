package holdfast.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import holdfast.alarm.Door;
import holdfast.alarm.Kept;
import holdfast.alarm.Post;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a program hears that posts an event. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventDoorTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BEARER = "Bearer " + Door.TOKEN;

  private Site site;

  @BeforeAll
  void open() {
    site = Site.open();
    site.clock.set(Door.NOW);
  }

  @AfterAll
  void close() {
    site.close();
  }

  private HttpResponse<String> post(String path, String authorization, byte[] body) {
    return site.browser()
        .send(
            site.browser()
                .request(path)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));
  }

  private HttpResponse<String> post(String body) {
    return post("/in/prometheus", BEARER, body.getBytes(StandardCharsets.UTF_8));
  }

  private Kept kept(HttpResponse<String> response) {
    try {
      String receipt = JSON.readTree(response.body()).path("receipt").asText();
      return site.door.inbox.find(receipt).orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void an_accepted_event_is_in_the_journal_when_its_sender_hears_so() {
    HttpResponse<String> response = post("{\"alerts\": []}");
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(kept(response).body()).isEqualTo("{\"alerts\": []}");
    assertThat(response.headers().map()).doesNotContainKeys("set-cookie");
  }

  @Test
  void what_cannot_be_kept_is_not_accepted_and_its_sender_shall_send_again() throws IOException {
    site.node.sql("ALTER TABLE receipts RENAME TO gone");
    HttpResponse<String> response = post("{}");
    site.node.sql("ALTER TABLE gone RENAME TO receipts");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    assertThat(response.body()).contains("The event cannot be accepted now: send again later.");
    assertThat(post("{}").statusCode()).isEqualTo(202);
  }

  @Test
  void neither_query_nor_form_nor_session_matters() {
    HttpResponse<String> response =
        site.browser()
            .send(
                site.browser()
                    .request("/in/prometheus?body=evil&CamelHttpUri=http://evil.example")
                    .header("Authorization", BEARER)
                    .header("CamelHttpUri", "http://evil.example")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("payload=%7B%7D&CamelExecCommand=id")));
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(kept(response).body()).isEqualTo("payload=%7B%7D&CamelExecCommand=id");
  }

  @Test
  void whatever_is_wrong_is_told_in_one_sentence_and_never_as_our_failure() throws IOException {
    byte[] fine = "{}".getBytes(StandardCharsets.UTF_8);
    assertProblem(post("/in/stranger", BEARER, fine), 404);
    assertProblem(post("/in/queue", BEARER, fine), 404);
    assertProblem(post("/in/prometheus", "Bearer wrong", fine), 401);
    assertProblem(post("/in/prometheus", "x".repeat(5000), fine), 401);
    assertProblem(post("/in/pages", BEARER, fine), 403);
    assertProblem(post("/in/topic", BEARER, fine), 403);
    assertProblem(post("/in/topic", BEARER, "no json".getBytes(StandardCharsets.UTF_8)), 400);
    assertProblem(post("/in/prometheus", BEARER, new byte[] {'{', (byte) 0xff, '}'}), 400);
    assertProblem(post("/in/prometheus", BEARER, new byte[] {'{', 0, '}'}), 400);
    assertProblem(post("/in/prometheus", BEARER, new byte[0]), 400);
    assertProblem(post("/in/prometheus/more", BEARER, fine), 404);
    HttpResponse<String> asked = site.browser().get("/in/prometheus");
    assertProblem(asked, 405);
  }

  private static void assertProblem(HttpResponse<String> response, int status) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(JSON.readTree(response.body()).path("error").asText())
        .as(response.body())
        .endsWith(".")
        .doesNotContain(Door.TOKEN);
    if (status == 401) {
      assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
    }
  }

  @Test
  void an_event_as_large_as_may_be_is_taken_and_a_larger_one_is_not() {
    assertThat(post("x".repeat(Post.BODY_MAX)).statusCode()).isEqualTo(202);
    assertThat(post("x".repeat(Post.BODY_MAX + 1)).statusCode()).isEqualTo(413);
    assertThat(chunked("x".repeat(Post.BODY_MAX)).statusCode()).isEqualTo(202);
    assertThat(chunked("x".repeat(Post.BODY_MAX + 1)).statusCode()).isEqualTo(413);
  }

  private HttpResponse<String> chunked(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return site.browser()
        .send(
            site.browser()
                .request("/in/prometheus")
                .header("Authorization", BEARER)
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes))));
  }

  @Test
  void a_signed_message_of_a_topic_comes_in_and_a_forged_one_does_not() {
    String signed = site.door.signer.notification("m-77", Door.NOW, "disk full");
    byte[] body = signed.getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> first = post("/in/topic", "none", body);
    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(post("/in/topic", "none", body).body()).isEqualTo(first.body());
    assertThat(kept(first).duplicates()).isEqualTo(1);
    byte[] forged = signed.replace("disk full", "all fine").getBytes(StandardCharsets.UTF_8);
    assertThat(post("/in/topic", "none", forged).statusCode()).isEqualTo(403);
  }

  @Test
  void bodies_that_come_slowly_hold_up_no_sender_and_are_cut_off() throws Exception {
    List<Socket> slow = new ArrayList<>();
    URI url = URI.create(site.url());
    for (int i = 0; i < 60; i++) {
      Socket socket =
          new Socket(url.getHost(), url.getPort(), InetAddress.getByName("127.0.0.2"), 0);
      socket
          .getOutputStream()
          .write(
              """
              POST /in/pages HTTP/1.1\r
              Host: x\r
              X-PagerDuty-Signature: v1=00\r
              Content-Length: 100000\r
              \r
              {"""
                  .getBytes(StandardCharsets.UTF_8));
      slow.add(socket);
    }
    assertThat(post("{}").statusCode()).isEqualTo(202);
    assertThat(signed("{\"a\": 1}").statusCode()).isEqualTo(202);
    assertThat(site.browser().get("/login").statusCode()).isEqualTo(200);
    int ended = 0;
    for (Socket socket : slow) {
      socket.setSoTimeout(25_000);
      InputStream answer = socket.getInputStream();
      ended +=
          new String(answer.readNBytes(12), StandardCharsets.UTF_8).matches("HTTP/1.1 (408|429)|")
              ? 1
              : 0;
      socket.close();
    }
    assertThat(ended).isEqualTo(60);
  }

  private HttpResponse<String> signed(String body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Door.TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] hash = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
    return site.browser()
        .send(
            site.browser()
                .request("/in/pages")
                .header("X-PagerDuty-Signature", "v1=" + HexFormat.of().formatHex(hash))
                .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void who_shows_no_signature_is_refused_before_the_body() throws IOException {
    URI url = URI.create(site.url());
    for (String path : List.of("/in/pages 403", "/in/slack/chat 401", "/in/slack/nobody 401")) {
      try (Socket socket = new Socket(url.getHost(), url.getPort())) {
        socket.setSoTimeout(25_000);
        socket
            .getOutputStream()
            .write(
                "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n"
                    .formatted(path.split(" ")[0])
                    .getBytes(StandardCharsets.UTF_8));
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
            .isEqualTo("HTTP/1.1 " + path.split(" ")[1]);
      }
    }
  }

  @Test
  void a_form_that_an_operator_hands_in_is_kept_as_it_came() {
    HttpResponse<String> entered =
        site.browser()
            .send(
                site.browser()
                    .request("/api/v1/alarms?sender=prometheus")
                    .header("Authorization", "Bearer " + site.token(Role.OPERATOR))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("payload=%7B%7D&sender=nobody")));
    assertThat(entered.statusCode()).as(entered.body()).isEqualTo(202);
    assertThat(kept(entered).body()).isEqualTo("payload=%7B%7D&sender=nobody");
    assertThat(kept(entered).sender()).isEqualTo("prometheus");
  }

  @Test
  void a_gigabyte_is_refused_at_its_announcement() throws IOException {
    URI url = URI.create(site.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(25_000);
      socket
          .getOutputStream()
          .write(
              "POST /in/prometheus HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n{}"
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
          .isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void operators_hand_in_events_and_viewers_see_what_became_of_them() throws IOException {
    HttpResponse<String> entered =
        api(Role.OPERATOR, "/api/v1/alarms?sender=prometheus", "x".repeat(100_000));
    assertThat(entered.statusCode()).isEqualTo(202);
    assertThat(kept(entered).sender()).isEqualTo("prometheus");
    assertThat(api(Role.OPERATOR, "/api/v1/alarms?sender=nobody", "{}").statusCode())
        .isEqualTo(400);
    assertThat(api(Role.VIEWER, "/api/v1/alarms", "{}").statusCode()).isEqualTo(403);

    post("/in/prometheus", "Bearer wrong", "<script>".getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> seen =
        site.browser()
            .send(
                site.browser()
                    .request("/api/v1/alarms/quarantine?limit=1")
                    .header("Authorization", "Bearer " + site.token(Role.VIEWER)));
    assertThat(JSON.readTree(seen.body())).hasSize(1);
    assertThat(JSON.readTree(seen.body()).get(0).path("reason").asText()).contains("token");
  }

  private HttpResponse<String> api(Role role, String path, String body) {
    return site.browser()
        .send(
            site.browser()
                .request(path)
                .header("Authorization", "Bearer " + site.token(role))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
  }
}
