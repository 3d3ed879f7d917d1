package holdfast.camel;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Why an attempt to send failed, and what follows from it. Pure.
 *
 * @param sentence the innermost reason, on one line, short, and without any address
 * @param forGood whether another attempt would fail the same way
 * @param channel whether the channel is to blame, and not this one message
 * @param asked how long the channel wants to be left alone; absent where it did not say
 */
record Failure(String sentence, boolean forGood, boolean channel, @Nullable Duration asked) {

  /** Addresses can be secrets, as a webhook's is. */
  private static final Pattern ADDRESS = Pattern.compile("[a-z][a-z0-9+.-]*://\\S+");

  private static final int SENTENCE_MAX = 500;
  private static final Duration WAIT_MAX = Duration.ofHours(1);
  private static final Set<Integer> OF_THE_MESSAGE = Set.of(400, 413, 422);

  /** What {@code thrown} means for the message and its channel. */
  static Failure of(Throwable thrown, Instant now) {
    Throwable cause = innermost(thrown);
    if (cause instanceof HttpOperationFailedException answer) {
      return answered(answer, now);
    }
    if (cause instanceof RefusedException refused) {
      return new Failure(sentence(cause), refused.forGood(), refused.channel(), null);
    }
    if (cause instanceof AwsServiceException aws) {
      return status(sentence(cause), aws.statusCode(), null);
    }
    return new Failure(sentence(cause), false, true, null);
  }

  private static Failure answered(HttpOperationFailedException answer, Instant now) {
    String detail = answer.getResponseBody() == null ? "" : ": " + answer.getResponseBody().strip();
    String sentence = "It answered %d%s".formatted(answer.getStatusCode(), detail);
    return status(line(sentence), answer.getStatusCode(), wait(after(answer), now));
  }

  /** Servers write the names of headers as they like. */
  private static @Nullable String after(HttpOperationFailedException answer) {
    if (answer.getResponseHeaders() == null) {
      return null;
    }
    return answer.getResponseHeaders().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Retry-After"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** A redirect is not followed: it leads where nobody has allowed it to. */
  private static Failure status(String sentence, int status, @Nullable Duration asked) {
    boolean later = status >= 500 || status == 429 || status == 408 || status == 425;
    return new Failure(sentence, !later, !OF_THE_MESSAGE.contains(status), asked);
  }

  /** Seconds, or a moment as HTTP writes it; from one second to an hour. */
  static @Nullable Duration wait(@Nullable String text, Instant now) {
    if (text == null) {
      return null;
    }
    Duration asked;
    try {
      asked =
          text.strip().matches("[0-9]{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text.strip()))
              : Duration.between(
                  now,
                  ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                      .toInstant());
    } catch (DateTimeParseException unreadable) {
      return null;
    }
    Duration least = asked.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : asked;
    return least.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : least;
  }

  /** The innermost reason, on one line, short, and without any address. */
  static String sentence(Throwable thrown) {
    Throwable cause = innermost(thrown);
    return line(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
  }

  private static String line(String text) {
    String line =
        ADDRESS
            .matcher(text)
            .replaceAll("(address)")
            .replaceAll("Exchange\\[[^]]*]|[\\s\\p{Cntrl}]+", " ")
            .strip();
    return line.length() <= SENTENCE_MAX ? line : line.substring(0, SENTENCE_MAX);
  }

  private static Throwable innermost(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }
}
