package holdfast.harness;

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
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a real S3 server, and lets requests go wrong by script: before they
 * reach the server, on their way back, or both.
 */
public final class FaultyProxy implements AutoCloseable {

  /** What a client of S3 asks for. */
  public enum Op {
    PUT,
    CREATE,
    PART,
    COMPLETE,
    ABORT,
    HEAD,
    GET,
    DELETE,
    LIST,
    LIST_UPLOADS,
    TAG,
    TAGS
  }

  /** What goes wrong with one request. */
  public interface Fault {

    /**
     * Answers the exchange, or closes it.
     *
     * @param forward has the real server answer
     */
    void meet(HttpExchange exchange, Forward forward) throws IOException;
  }

  /** Hands the request on. */
  public interface Forward {
    HttpResponse<byte[]> now() throws IOException;
  }

  /** Which requests meet a fault: of one operation, those whose number, from 0, is picked. */
  public record Script(Op op, IntPredicate which, Fault fault) {}

  /** A script, and how far it has come. */
  private record Playing(Script script, AtomicInteger seen, AtomicInteger met) {}

  private static final Set<String> NOT_HANDED_ON =
      Set.of("host", "content-length", "connection", "expect", "upgrade", "transfer-encoding");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI real;
  private final HttpServer server;
  private final AtomicReference<List<Playing>> playing = new AtomicReference<>(List.of());

  public FaultyProxy(URI real) throws IOException {
    this.real = real;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "faulty-proxy");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", this::handle);
    server.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on, requests go wrong so; without any script all go well. */
  public void play(Script... scripts) {
    playing.set(
        Stream.of(scripts)
            .map(script -> new Playing(script, new AtomicInteger(), new AtomicInteger()))
            .toList());
  }

  /** How many requests met the last of the scripts that are played. */
  public int met() {
    List<Playing> all = playing.get();
    return all.isEmpty() ? 0 : all.get(all.size() - 1).met().get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Op op = op(exchange);
    Forward forward = () -> forwarded(exchange, body);
    for (Playing one : playing.get()) {
      Script script = one.script();
      if (script.op() == op && script.which().test(one.seen().getAndIncrement())) {
        one.met().incrementAndGet();
        script.fault().meet(exchange, forward);
        return;
      }
    }
    answer(exchange, forward.now(), null);
  }

  /** Answers as the real server did, with other bytes where they are given. */
  public static void answer(
      HttpExchange exchange, HttpResponse<byte[]> said, byte @Nullable [] other)
      throws IOException {
    byte[] body = other == null ? said.body() : other;
    said.headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!NOT_HANDED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    boolean head = exchange.getRequestMethod().equals("HEAD");
    said.headers()
        .firstValue("content-length")
        .filter(any -> head)
        .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
    exchange.sendResponseHeaders(said.statusCode(), head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private HttpResponse<byte[]> forwarded(HttpExchange exchange, byte[] body) throws IOException {
    URI to = real.resolve(exchange.getRequestURI());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to)
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!NOT_HANDED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static Op op(HttpExchange exchange) {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    boolean tagging = query.startsWith("tagging");
    return switch (exchange.getRequestMethod()) {
      case "PUT" -> tagging ? Op.TAG : query.contains("partNumber=") ? Op.PART : Op.PUT;
      case "POST" -> query.startsWith("uploads") ? Op.CREATE : Op.COMPLETE;
      case "DELETE" -> query.contains("uploadId=") ? Op.ABORT : Op.DELETE;
      case "HEAD" -> Op.HEAD;
      default ->
          tagging
              ? Op.TAGS
              : query.contains("uploads")
                  ? Op.LIST_UPLOADS
                  : query.contains("list-type") ? Op.LIST : Op.GET;
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
