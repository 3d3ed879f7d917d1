package holdfast.campaign;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One night, on real parts: CloudWatch says through a queue that the database is gone; Slack, mail
 * and a topic tell of it; nobody answers; the manager is told; somebody acknowledges in Slack; the
 * alarm clears; what was learned is written down. The service may die at any moment of it: then
 * whoever waits starts it again.
 */
final class Night implements AutoCloseable {

  /** What happens, in order. */
  enum Chapter {
    START,
    ALARM,
    NOBODY_ANSWERS,
    ACKNOWLEDGED,
    CLEARED,
    LEARNED
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Set<String> SETTLED = Set.of("DELIVERED", "DEAD", "DROPPED");

  private static final Map<String, String> LEARNED =
      Map.of(
          "happened", "The database took no connections for two hours.",
          "cause", "Its disk was full.",
          "well", "The second level was called.",
          "badly", "Nobody looked at the first messages.");
  private static final Map<String, String> IMPROVEMENT =
      Map.of("text", "Order a larger disk", "owner", "DevOps Lead", "due", "2027-01-31");

  private final HttpClient http = HttpClient.newHttpClient();
  private final NightHouse house = new NightHouse();
  private final Station station = house.station;
  private final Lives lives = new Lives(station.home);

  Night() throws IOException {}

  /** The deaths of the service, and its points. */
  Lives lives() {
    return lives;
  }

  /** Lets one chapter happen, and waits until everything in it is done. */
  void tell(Chapter chapter) throws Exception {
    tell(chapter, List.of(), Duration.ZERO);
  }

  /**
   * Lets one chapter happen in which the service dies at these points, one after the other; those
   * that it does not come by, and not either within some time after, are left out.
   */
  void tell(Chapter chapter, List<String> dying, Duration after) throws Exception {
    lives.shallDieAt(dying);
    switch (chapter) {
      case START -> until("the start", () -> true);
      case ALARM -> {
        house.event("ALARM");
        until("the first level", () -> told().first());
      }
      case NOBODY_ANSWERS -> {
        station.clock.move(Duration.ofHours(2).plusSeconds(1));
        until("the second level", () -> told().managers() > 0);
      }
      case ACKNOWLEDGED -> {
        until("Slack's button", this::press);
        until("the acknowledgement", () -> state().equals("ACKNOWLEDGED"));
      }
      case CLEARED -> {
        house.event("OK");
        until("the clearing", () -> timeline("CLEAR"));
        station.clock.move(Duration.ofMinutes(6));
        until("the end", () -> state().equals("RESOLVED"));
      }
      case LEARNED -> until("the record", this::learn);
    }
    until("the messages", this::settled);
    long end = System.nanoTime() + after.toNanos();
    until("a last death", () -> lives.through() || System.nanoTime() >= end);
    until("the messages after it", this::settled);
  }

  /** What came, by channel: messages that call people. */
  record Told(long slack, long mails, long topic, long managers) {

    boolean first() {
      return slack > 0 && mails > 0 && topic > 0;
    }
  }

  /** The calls that were handed over so far; others, such as thanks, do not count. */
  Told told() {
    return new Told(
        station.receiver.taken("slack-app").stream()
            .filter(message -> message.parameters().get("blocks").contains("\"button\""))
            .count(),
        mails("ops@example.test"),
        station.receiver.taken("sns").stream()
            .filter(message -> message.parameters().get("Message").contains("Level 1"))
            .count(),
        mails("em@example.test"));
  }

  /** Everything that came, by channel. */
  Map<String, Integer> came() {
    long managers =
        station.mail.mails().stream().filter(mail -> mail.to().contains("em@example.test")).count();
    return Map.of(
        "ops-slack",
        station.receiver.taken("slack-app").size(),
        "ops-sns",
        station.receiver.taken("sns").size(),
        "ops-email",
        station.mail.count() - (int) managers,
        "management",
        (int) managers);
  }

  private long mails(String reader) {
    return station.mail.mails().stream()
        .filter(mail -> mail.to().contains(reader) && mail.text().contains("evel "))
        .count();
  }

  private boolean press() throws IOException, InterruptedException {
    String payload =
        JSON.writeValueAsString(
            Map.of(
                "type", "block_actions",
                "user", Map.of("id", "U1", "username", "anna"),
                "actions", List.of(Map.of("action_id", "holdfast-acknowledge", "value", id()))));
    String body = "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8);
    long time = station.clock.instant().getEpochSecond();
    HttpRequest request =
        HttpRequest.newBuilder(lives.node().at("/in/slack/ops-slack"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Slack-Request-Timestamp", String.valueOf(time))
            .header("X-Slack-Signature", "v0=" + signed("v0:" + time + ":" + body))
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
  }

  private static String signed(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(NightHouse.SIGNING.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** As an operator does: what stands there already is not written again. */
  private boolean learn() throws IOException, InterruptedException {
    JsonNode review = review();
    if (!review.path("learned").isObject()) {
      lives.node().post(path() + "/review/learned", LEARNED);
    } else if (review.path("improvements").isEmpty()) {
      lives.node().post(path() + "/review/improvements", IMPROVEMENT);
    }
    return review.path("improvements").size() > 0;
  }

  /** Whether every message is with its channel, and no event waits to be read. */
  private boolean settled() throws IOException, InterruptedException {
    return SETTLED.containsAll(detail().path("messages").findValuesAsText("state"));
  }

  /** What people wrote down afterwards. */
  JsonNode review() throws IOException, InterruptedException {
    return lives.node().get(path() + "/review");
  }

  /** The one incident of this night. */
  JsonNode detail() throws IOException, InterruptedException {
    return lives.node().get(path());
  }

  /** How many incidents there are. */
  int incidents() throws IOException, InterruptedException {
    return lives.node().get("/api/v1/incidents?all=true").size();
  }

  private String id() throws IOException, InterruptedException {
    return lives.node().get("/api/v1/incidents?all=true").path(0).path("id").asText();
  }

  private String path() throws IOException, InterruptedException {
    return "/api/v1/incidents/" + id();
  }

  private String state() throws IOException, InterruptedException {
    return detail().path("incident").path("state").asText();
  }

  private boolean timeline(String kind) throws IOException, InterruptedException {
    return detail().path("timeline").findValuesAsText("kind").contains(kind);
  }

  private List<Map<String, Object>> outbox() {
    return station
        .journal()
        .sql("SELECT channel, state, attempts, error, claimed_until, next_attempt_at FROM outbox")
        .query()
        .listOfRows();
  }

  /** Waits for it; each life of the service has its time anew. */
  private void until(String what, Callable<Boolean> done) throws IOException {
    int deaths = lives.deaths();
    try {
      // The mail server's own thread complains when the service is killed in the middle of a mail.
      await(what)
          .dontCatchUncaughtExceptions()
          .atMost(PATIENCE)
          .pollInterval(LOOK)
          .until(() -> Boolean.TRUE.equals(quietly(done)));
    } catch (ConditionTimeoutException late) {
      if (lives.deaths() > deaths) {
        until(what, done);
        return;
      }
      throw new IllegalStateException(
          "%s did not come; told: %s; messages: %s%n%s"
              .formatted(what, told(), outbox(), lives.lastWords()),
          late);
    }
  }

  private @Nullable Boolean quietly(Callable<Boolean> done) throws Exception {
    lives.node();
    try {
      return done.call();
    } catch (IOException died) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    lives.close();
    house.close();
  }
}
