package holdfast.alarm;

import holdfast.plan.ProbeSpec;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Asks for one page, over a connection of its own: one that was kept open would hide an expired
 * certificate, a name that now leads elsewhere, or a listener that is gone.
 */
final class HttpLook {

  private static final int MOST_BYTES = 64 * 1024;
  private static final int REDIRECTS = 3;

  private final ProbeSpec.Http target;
  private final Duration timeout;
  private final long deadline;
  private volatile boolean answered;

  private HttpLook(ProbeSpec.Http target, Duration timeout) {
    this.target = target;
    this.timeout = timeout;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  /** What is found; a page that sends its answer drop by drop is given up at the timeout too. */
  static ProbeResult take(ProbeSpec.Http target, Duration timeout) {
    return new HttpLook(target, timeout).take();
  }

  private ProbeResult take() {
    try {
      HttpURLConnection connection = (HttpURLConnection) target.url().toURL().openConnection();
      try {
        return judge(connection);
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return ProbeResult.failed(target.shown() + " " + words(e));
    }
  }

  private ProbeResult judge(HttpURLConnection connection) throws IOException {
    int millis = Math.toIntExact(timeout.toMillis());
    connection.setConnectTimeout(millis);
    connection.setReadTimeout(millis);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("Connection", "close");
    connection.setRequestProperty("User-Agent", "Holdfast");
    connection.setRequestProperty("Accept", "*/*");
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
        .execute(() -> giveUp(connection));
    int status = connection.getResponseCode();
    answered = true;
    if (status != target.status()) {
      return ProbeResult.failed(
          "%s answered %d instead of %d%s."
              .formatted(
                  target.shown(),
                  status,
                  target.status(),
                  status / 100 == REDIRECTS ? "; redirects are not followed" : ""));
    }
    return text(body(connection));
  }

  /** Each read has its own timeout, so a head that comes drop by drop would never end. */
  private void giveUp(HttpURLConnection connection) {
    if (!answered) {
      connection.disconnect();
    }
  }

  private ProbeResult text(byte[] body) {
    String wanted = target.contains();
    return wanted == null || new String(body, StandardCharsets.UTF_8).contains(wanted)
        ? ProbeResult.WELL
        : ProbeResult.failed(
            "%s answered %d, but its first 64 KiB do not hold the text '%s'."
                .formatted(target.shown(), target.status(), wanted));
  }

  private byte[] body(HttpURLConnection connection) throws IOException {
    InputStream in =
        target.status() >= HttpURLConnection.HTTP_BAD_REQUEST
            ? connection.getErrorStream()
            : connection.getInputStream();
    byte[] kept = new byte[MOST_BYTES];
    int length = 0;
    while (in != null && length < MOST_BYTES) {
      int read = in.read(kept, length, MOST_BYTES - length);
      if (read < 0) {
        break;
      }
      length += read;
      if (isLate()) {
        throw new SocketTimeoutException();
      }
    }
    if (length < Math.min(MOST_BYTES, connection.getContentLengthLong())) {
      throw new EOFException("it is shorter than it said");
    }
    return Arrays.copyOf(kept, length);
  }

  private boolean isLate() {
    return System.nanoTime() - deadline > 0;
  }

  private String words(IOException e) {
    if (e instanceof SocketTimeoutException || isLate()) {
      return "did not answer within %d s.".formatted(timeout.toSeconds());
    }
    if (e instanceof UnknownHostException) {
      return "cannot be found: no address is known for its name.";
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return "cannot be reached: %s.".formatted(e.getMessage());
    }
    return e instanceof SSLException
        ? "has a TLS certificate or setting that is not accepted: %s.".formatted(e.getMessage())
        : "broke off its answer: %s.".formatted(e.getMessage());
  }
}
