package holdfast.camel;

import holdfast.journal.Outbox;
import java.util.Map;
import java.util.regex.Pattern;
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

  /** Addresses can be secrets, as a webhook's is. */
  private static final Pattern ADDRESS = Pattern.compile("[a-z][a-z0-9+.-]*://\\S+");

  private static final int ERROR_MAX = 500;

  private final Outbox outbox;

  Delivery(Outbox outbox) {
    this.outbox = outbox;
  }

  /** As {@link #sent}, for a bus: it reports a refused entry in its answer, not by failing. */
  public void accepted(@Variable("row") Map<String, Object> row, @Body PutEventsResponse answer) {
    PutEventsResultEntry entry = answer.entries().get(0);
    if (answer.failedEntryCount() > 0) {
      throw new IllegalStateException(
          "The bus refused the event: %s, %s".formatted(entry.errorCode(), entry.errorMessage()));
    }
    outbox.delivered(id(row), entry.eventId());
  }

  /** The channel took the message; the receipt is the id it answered with, where it gives one. */
  public void sent(@Variable("row") Map<String, Object> row, @Headers Map<String, Object> headers) {
    Object receipt =
        headers.getOrDefault(
            "CamelAwsSnsMessageId", headers.getOrDefault("CamelMailMessageId", "ok"));
    outbox.delivered(id(row), receipt.toString());
  }

  /** The channel did not take the message; the outbox says when to try again. */
  public void failed(
      @Variable("row") @Nullable Map<String, Object> row, @ExchangeException Throwable thrown) {
    if (row == null) {
      LOG.error("A message without a row failed: {}", sentence(thrown));
      return;
    }
    LOG.warn("Message {} to {} failed: {}", row.get("id"), row.get("channel"), sentence(thrown));
    outbox.failed(id(row), sentence(thrown));
  }

  private static long id(Map<String, Object> row) {
    return ((Number) row.get("id")).longValue();
  }

  /** The innermost reason, on one line, short, and without any address. */
  static String sentence(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String text =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    String line =
        ADDRESS
            .matcher(text)
            .replaceAll("(address)")
            .replaceAll("Exchange\\[[^]]*]|\\s+", " ")
            .strip();
    return line.length() <= ERROR_MAX ? line : line.substring(0, ERROR_MAX);
  }
}
