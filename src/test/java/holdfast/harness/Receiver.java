package holdfast.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import holdfast.harness.Answers.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What answers in place of Slack ({@code POST /slack} and its API), SNS (Publish), EventBridge
 * (PutEvents), PagerDuty, Teams ({@code /teams}), a status page and a program ({@code /hook}):
 * checks the required parameters as they do, keeps every message, and fails on demand.
 */
public final class Receiver implements AutoCloseable {

  /** One message taken; {@code parameters} are the ones its protocol carries. */
  public record Taken(String service, Instant at, Map<String, String> parameters) {}

  /** How a request is answered instead: a status, a hang, or a refused entry. */
  public enum Fault {
    STATUS_500,
    STATUS_429,
    /** As {@link #STATUS_429}, and says to come back in a second. */
    STATUS_429_RETRY,
    STATUS_404,
    REDIRECT,
    /** Begins to answer and then sends a byte now and then. */
    SLOW,
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
      } else if (fault == Fault.SLOW) {
        drip(exchange);
      } else if (fault != null && fault != Fault.FAILED_ENTRY) {
        refuse(exchange, fault);
      } else {
        Answer answer = answer(exchange, body, fault);
        if (!answer.kept().isEmpty()) {
          Instant now = InstantSource.system().instant();
          taken.add(new Taken(answer.service(), now, answer.kept()));
        }
        reply(exchange, answer.status(), answer.body());
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static void refuse(HttpExchange exchange, Fault fault) throws IOException {
    if (fault == Fault.STATUS_429_RETRY) {
      exchange.getResponseHeaders().add("Retry-After", "1");
    }
    if (fault == Fault.REDIRECT) {
      exchange.getResponseHeaders().add("Location", "/elsewhere");
    }
    int status =
        switch (fault) {
          case STATUS_500 -> 500;
          case STATUS_404 -> 404;
          case REDIRECT -> 307;
          default -> 429;
        };
    reply(exchange, status, "not now");
  }

  private void drip(HttpExchange exchange) throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, 0);
    while (!closing.await(1, TimeUnit.SECONDS)) {
      exchange.getResponseBody().write(' ');
      exchange.getResponseBody().flush();
    }
  }

  private Answer answer(HttpExchange exchange, String body, Fault fault) throws IOException {
    int number = taken.size() + 1;
    String path = exchange.getRequestURI().getPath();
    var headers = exchange.getRequestHeaders();
    if (path.equals("/api/chat.postMessage")) {
      return HookAnswers.postMessage(headers, body, number);
    }
    if (path.equals("/v2/enqueue")) {
      return HookAnswers.enqueue(body);
    }
    if (path.startsWith("/v1/pages/")) {
      return HookAnswers.statusPage(exchange.getRequestMethod(), path, headers, body, number);
    }
    if (path.startsWith("/teams")) {
      return HookAnswers.card(body);
    }
    if (path.startsWith("/hook")) {
      return HookAnswers.hook(headers, body);
    }
    if (path.startsWith("/slack")) {
      return Answers.slack(body);
    }
    return body.startsWith("{")
        ? Answers.putEvents(body, number, fault == Fault.FAILED_ENTRY)
        : Answers.publish(body, number);
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
