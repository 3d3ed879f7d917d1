package holdfast.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import holdfast.journal.Code;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * The REST interface of a service on this host, whether it runs by itself or inside this command.
 */
final class Service implements AutoCloseable {

  static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final URI base;
  private final String token;
  private final Runnable end;

  Service(URI base, String token, Runnable end) {
    this.base = base;
    this.token = token;
    this.end = end;
  }

  JsonNode get(String path) {
    return send(request(path).GET());
  }

  JsonNode delete(String path) {
    return send(request(path).DELETE());
  }

  JsonNode post(String path, Map<String, ?> body) {
    ObjectNode document = JSON.valueToTree(body);
    document.properties().removeIf(field -> field.getValue().isNull());
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(document.toString())));
  }

  /** Posts {@code body} as it is. */
  JsonNode post(String path, byte[] body) {
    return send(
        request(path)
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(body)));
  }

  /** Escapes one value for a query or a path. */
  static String escape(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(PATIENCE)
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest.Builder request) {
    return accepted(exchange(request));
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new RefusedException(
          Exit.FAILED,
          "The service at %s does not answer (%s); look at its log, or start it with 'holdfast serve'."
              .formatted(base, e.getClass().getSimpleName()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException(Exit.FAILED, "Interrupted.");
    }
  }

  private static JsonNode accepted(HttpResponse<String> response) {
    JsonNode answer = read(response);
    if (response.statusCode() >= 400) {
      throw refusal(response.statusCode(), answer);
    }
    return answer;
  }

  private static JsonNode read(HttpResponse<String> response) {
    try {
      return response.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  private static RefusedException refusal(int status, JsonNode answer) {
    String sentence =
        answer.path("error").asText("The service answered %d without a reason.".formatted(status));
    String code = answer.path("code").asText("");
    for (Code known : Code.values()) {
      if (known.name().equals(code)) {
        return new RefusedException(Exit.of(known), sentence);
      }
    }
    return new RefusedException(status < 500 ? Exit.USAGE : Exit.FAILED, sentence);
  }

  @Override
  public void close() {
    end.run();
  }
}
