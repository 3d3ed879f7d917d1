package holdfast.absence;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks for one address that must never be seen: no sentence and no log tells where it leads. */
final class Beacon {

  /** After this long an answer is given up, however it drips. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * Gives a sign of life, or tells why none is given.
   *
   * @param address as the plan's secret holds it
   * @param stuck absent for a sign of life
   * @return why it did not get through; empty when it did
   */
  Optional<String> send(String address, @Nullable String stuck) {
    CompletableFuture<HttpResponse<Void>> answer;
    try {
      answer = http.sendAsync(request(address, stuck), BodyHandlers.discarding());
    } catch (IllegalArgumentException e) { // its words would show the address
      return Optional.of("The secret is no address that begins with http:// or https://.");
    }
    try {
      int status = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).statusCode();
      return status / 100 == 2
          ? Optional.empty()
          : Optional.of("It was answered with %d.".formatted(status));
    } catch (ExecutionException e) {
      return Optional.of(
          "It could not be handed over (%s).".formatted(e.getCause().getClass().getSimpleName()));
    } catch (TimeoutException e) {
      return Optional.of("It was not answered within %d s.".formatted(PATIENCE.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("It was interrupted.");
    } finally {
      answer.cancel(true);
    }
  }

  private static HttpRequest request(String address, @Nullable String stuck) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(stuck == null ? address : failing(address)))
            .timeout(PATIENCE)
            .header("User-Agent", "Holdfast");
    return stuck == null
        ? request.GET().build()
        : request.POST(BodyPublishers.ofString(stuck)).build();
  }

  /** The address whose path ends in {@code /fail}. */
  static String failing(String address) {
    int query = address.indexOf('?');
    String path = query < 0 ? address : address.substring(0, query);
    return path.replaceFirst("/$", "") + "/fail" + (query < 0 ? "" : address.substring(query));
  }
}
