package holdfast.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands before an AWS server: keeps the names of all calls, and refuses those it is told to. */
final class AwsDoor implements AutoCloseable {

  /** An error that AWS would answer, so many times. */
  record Fault(String code, int status, int times) {}

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding");

  private final HttpServer server;
  private final URI behind;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Map<String, String> rewritten = new ConcurrentHashMap<>();
  private final Map<String, Fault> faults = new ConcurrentHashMap<>();

  private AwsDoor(HttpServer server, URI behind) {
    this.server = server;
    this.behind = behind;
  }

  static AwsDoor before(URI behind) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      AwsDoor door = new AwsDoor(server, behind);
      server.createContext("/", door::answer);
      server.setExecutor(door.threads);
      server.start();
      return door;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<String> calls() {
    return List.copyOf(calls);
  }

  void refuse(String call, Fault fault) {
    faults.put(call, fault);
  }

  /** From now on one word of every answer is another one. */
  void rewrite(String word, String other) {
    rewritten.put(word, other);
  }

  private byte[] rewritten(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    for (Map.Entry<String, String> one : rewritten.entrySet()) {
      text = text.replace(one.getKey(), one.getValue());
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      String text = new String(body, StandardCharsets.UTF_8);
      String call =
          target == null
              ? text.replaceAll("(?s).*\\bAction=(\\w+).*", "$1")
              : target.substring(target.lastIndexOf('.') + 1);
      calls.add(call);
      Fault fault = faults.get(call);
      if (fault != null && fault.times() > 0) {
        faults.put(call, new Fault(fault.code(), fault.status(), fault.times() - 1));
        reply(exchange, fault.status(), error(fault.code(), target != null));
      } else {
        forward(exchange, body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] error(String code, boolean json) {
    return (json
            ? "{\"__type\":\"%s\",\"message\":\"no\"}".formatted(code)
            : "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>no</Message></Error></ErrorResponse>"
                .formatted(code))
        .getBytes(StandardCharsets.UTF_8);
  }

  private void forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    HttpResponse<byte[]> response =
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    for (String name : List.of("Content-Type", "x-amzn-query-error", "x-amzn-requestid")) {
      response
          .headers()
          .firstValue(name)
          .ifPresent(value -> exchange.getResponseHeaders().add(name, value));
    }
    reply(exchange, response.statusCode(), rewritten(response.body()));
  }

  private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
