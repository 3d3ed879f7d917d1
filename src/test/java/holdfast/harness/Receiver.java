package holdfast.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What answers in place of Slack ({@code POST /slack}), SNS (Publish) and EventBridge (PutEvents):
 * checks the required parameters as they do, keeps every message, and fails on demand.
 */
public final class Receiver implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One message taken; {@code parameters} are the ones its protocol carries. */
  public record Taken(String service, Instant at, Map<String, String> parameters) {}

  /** How a request is answered instead: a status, a hang, or a refused entry. */
  public enum Fault {
    STATUS_500,
    STATUS_429,
    HANG,
    FAILED_ENTRY
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final Deque<Fault> faults = new ConcurrentLinkedDeque<>(new ArrayDeque<>());

  private Receiver(HttpServer server) {
    this.server = server;
  }

  /** On {@code port} of loopback; 0 is any free one. */
  public static Receiver start(int port) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      Receiver receiver = new Receiver(server);
      server.createContext("/", receiver::answer);
      server.setExecutor(receiver.threads);
      server.start();
      return receiver;
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  public static Receiver start() {
    return start(0);
  }

  /** Its address, followed by {@code path}. */
  public URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** The next requests are answered with these, one each. */
  public void fail(Fault... next) {
    faults.addAll(List.of(next));
  }

  public List<Taken> taken(String service) {
    return taken.stream().filter(message -> message.service().equals(service)).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Fault fault = faults.poll();
      if (fault == Fault.HANG) {
        closing.await();
      } else if (fault == Fault.STATUS_500 || fault == Fault.STATUS_429) {
        reply(exchange, fault == Fault.STATUS_500 ? 500 : 429, "not now");
      } else if (exchange.getRequestURI().getPath().startsWith("/slack")) {
        slack(exchange, body);
      } else if (body.startsWith("{")) {
        putEvents(exchange, JSON.readTree(body), fault == Fault.FAILED_ENTRY);
      } else {
        publish(exchange, form(body));
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void slack(HttpExchange exchange, String body) throws IOException {
    JsonNode message = JSON.readTree(body);
    if (message.path("text").asText().isBlank()) {
      reply(exchange, 400, "no_text");
      return;
    }
    keep("slack", Map.of("text", message.get("text").asText()));
    reply(exchange, 200, "ok");
  }

  private void publish(HttpExchange exchange, Map<String, String> form) throws IOException {
    String subject = form.getOrDefault("Subject", "");
    boolean bad =
        !"Publish".equals(form.get("Action"))
            || !form.getOrDefault("TopicArn", "").startsWith("arn:aws:sns:")
            || form.getOrDefault("Message", "").isEmpty()
            || !subject.matches("[\\x20-\\x7e]{0,100}");
    if (bad) {
      reply(
          exchange,
          400,
          "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidParameter</Code>"
              + "<Message>Invalid parameter</Message></Error></ErrorResponse>");
      return;
    }
    keep("sns", form);
    reply(
        exchange,
        200,
        "<PublishResponse><PublishResult><MessageId>sns-%d</MessageId></PublishResult></PublishResponse>"
            .formatted(taken.size()));
  }

  private void putEvents(HttpExchange exchange, JsonNode request, boolean refused)
      throws IOException {
    JsonNode entry = request.path("Entries").path(0);
    for (String field : List.of("Source", "DetailType", "Detail", "EventBusName")) {
      if (entry.path(field).asText().isEmpty()) {
        reply(
            exchange,
            400,
            "{\"__type\":\"ValidationException\",\"message\":\"no %s\"}".formatted(field));
        return;
      }
    }
    if (refused) {
      reply(
          exchange,
          200,
          "{\"FailedEntryCount\":1,\"Entries\":[{\"ErrorCode\":\"ThrottlingException\",\"ErrorMessage\":\"slow down\"}]}");
      return;
    }
    Map<String, String> fields = new TreeMap<>();
    entry
        .fields()
        .forEachRemaining(
            field ->
                fields.put(
                    field.getKey(),
                    field.getValue().isTextual()
                        ? field.getValue().asText()
                        : field.getValue().toString()));
    keep("events", fields);
    reply(
        exchange,
        200,
        "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"event-%d\"}]}"
            .formatted(taken.size()));
  }

  private void keep(String service, Map<String, String> parameters) {
    taken.add(new Taken(service, InstantSource.system().instant(), parameters));
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new TreeMap<>();
    for (String pair : body.split("&")) {
      String[] parts = pair.split("=", 2);
      form.put(
          parts[0], URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
    }
    return form;
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
