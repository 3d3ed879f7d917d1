package holdfast.camel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holdfast.journal.Outcomes;
import holdfast.notify.Circuits;
import holdfast.notify.Fallbacks;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Notes in the outbox what became of a message: its receipt, or why it was not taken. */
public final class Delivery {

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What Slack says of itself, and not of the message, the token or the channel. */
  private static final Set<String> PASSING =
      Set.of(
          "ratelimited",
          "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout",
          "team_added_to_org");

  private final Outcomes outcomes;
  private final Circuits circuits;
  private final Fallbacks fallbacks;
  private final InstantSource clock;

  Delivery(Outcomes outcomes, Circuits circuits, Fallbacks fallbacks, InstantSource clock) {
    this.outcomes = outcomes;
    this.circuits = circuits;
    this.fallbacks = fallbacks;
    this.clock = clock;
  }

  /** As {@link #sent}, for a bus: it reports a refused entry in its answer, not by failing. */
  public void accepted(@Variable("row") Map<String, Object> row, @Body PutEventsResponse answer) {
    PutEventsResultEntry entry = answer.entries().get(0);
    if (answer.failedEntryCount() > 0) {
      throw new RefusedException(
          "The bus refused the event: %s, %s".formatted(entry.errorCode(), entry.errorMessage()),
          false,
          true);
    }
    delivered(row, entry.eventId(), null);
  }

  /** The channel took the message; the receipt is the id it answered with, where it gives one. */
  public void sent(@Variable("row") Map<String, Object> row, @Headers Map<String, Object> headers) {
    Object receipt =
        headers.getOrDefault(
            "CamelAwsSnsMessageId", headers.getOrDefault("CamelMailMessageId", "ok"));
    delivered(row, receipt.toString(), null);
  }

  /** The receipt is what a bean of ours made of the answer. */
  public void taken(@Variable("row") Map<String, Object> row, @Body String receipt) {
    delivered(row, receipt, null);
  }

  /** Slack answers 200 and says in the body whether it took the message. */
  public void posted(@Variable("row") Map<String, Object> row, @Body String answer) {
    JsonNode said = read(answer);
    if (!said.path("ok").asBoolean(false)) {
      String error = said.path("error").asText("no reason");
      throw new RefusedException(
          "Slack refused the message: " + error, !PASSING.contains(error), true);
    }
    String time = said.path("ts").asText();
    delivered(row, time, time.isEmpty() ? null : time);
  }

  /** PagerDuty answers 202 and repeats the key of the alert. */
  public void queued(@Variable("row") Map<String, Object> row, @Body String answer) {
    JsonNode said = read(answer);
    if (!said.path("status").asText().equals("success")) {
      throw new RefusedException(
          "PagerDuty did not take the event: " + said.path("message").asText("no reason"),
          false,
          true);
    }
    delivered(row, said.path("dedup_key").asText("ok"), null);
  }

  /** A status page answers with its incident, whose id later messages need. */
  public void shown(@Variable("row") Map<String, Object> row, @Body String answer) {
    if (Posts.isTest(row)) {
      delivered(row, "it lets us in", null);
      return;
    }
    String id = read(answer).path("id").asText();
    if (id.isEmpty()) {
      throw new RefusedException("The status page answered without an incident.", false, true);
    }
    delivered(row, id, id);
  }

  private static JsonNode read(String answer) {
    try {
      JsonNode said = JSON.readTree(answer);
      return said == null ? JSON.createObjectNode() : said;
    } catch (JsonProcessingException unreadable) {
      return JSON.createObjectNode();
    }
  }

  private void delivered(Map<String, Object> row, String receipt, @Nullable String reference) {
    circuits.delivered(channel(row));
    outcomes.delivered(id(row), receipt, reference);
  }

  /** The channel did not take the message; the outbox says when to try again. */
  public void failed(
      @Variable("row") @Nullable Map<String, Object> row, @ExchangeException Throwable thrown) {
    Failure failure = Failure.of(thrown, clock.instant());
    if (row == null) {
      LOG.error("A message without a row failed: {}", failure.sentence());
      return;
    }
    LOG.warn("Message {} to {} failed: {}", row.get("id"), channel(row), failure.sentence());
    blame(channel(row), failure);
    outcomes.failed(id(row), failure.sentence(), failure.asked());
    fallbacks.failed(
        id(row),
        channel(row),
        String.valueOf(row.get("event")),
        ((Number) row.get("attempts")).intValue(),
        failure.forGood());
  }

  private void blame(String channel, Failure failure) {
    if (failure.asked() != null) {
      circuits.pause(channel, failure.asked());
    } else if (failure.channel()) {
      circuits.failed(channel);
    }
  }

  private static String channel(Map<String, Object> row) {
    return String.valueOf(row.get("channel"));
  }

  private static long id(Map<String, Object> row) {
    return ((Number) row.get("id")).longValue();
  }
}
