package holdfast.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A small S3 in this JVM whose answers go wrong by script; one bucket named {@code bucket}. */
final class FaultyS3 implements AutoCloseable {

  /** What a client asks for. */
  enum Op {
    HEAD_BUCKET,
    PUT,
    CREATE,
    PART,
    COMPLETE,
    ABORT,
    HEAD,
    DELETE,
    LIST_UPLOADS,
    OTHER
  }

  /** A scripted answer in place of, or around, the honest one. */
  interface Fault {
    void answer(HttpExchange exchange, Honest honest) throws IOException;
  }

  /** Does what was asked and says so. */
  interface Honest {
    Answer act() throws IOException;
  }

  record Answer(int status, Map<String, String> headers, String body) {}

  final SmallS3 honest = new SmallS3();
  final Map<String, SmallS3.Thing> objects = honest.objects;
  final Map<String, SmallS3.Unfinished> uploads = honest.uploads;
  final List<Op> calls = new CopyOnWriteArrayList<>();
  private final Map<Op, Deque<Fault>> script = new EnumMap<>(Op.class);
  private final Map<Op, Fault> always = new EnumMap<>(Op.class);
  private final HttpServer server;

  FaultyS3() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool(FaultyS3::daemon));
    server.createContext("/", this::handle);
    server.start();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "faulty-s3");
    thread.setDaemon(true);
    return thread;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next calls of {@code op} meet these faults, one each, then go well; null goes well. */
  synchronized FaultyS3 next(Op op, @Nullable Fault... faults) {
    Deque<Fault> queue = script.computeIfAbsent(op, o -> new ArrayDeque<>());
    Arrays.stream(faults)
        .<Fault>map(fault -> fault == null ? FaultyS3::honestly : fault)
        .forEach(queue::add);
    return this;
  }

  synchronized FaultyS3 always(Op op, Fault fault) {
    always.put(op, fault);
    return this;
  }

  static Fault refuse(int status, String code) {
    return (exchange, honest) -> send(exchange, error(status, code));
  }

  /** The connection ends without an answer; nothing was done. */
  static void reset(HttpExchange exchange, Honest honest) {
    exchange.close();
  }

  /** Done, but the answer is lost. */
  static void applyThenDrop(HttpExchange exchange, Honest honest) throws IOException {
    honest.act();
    exchange.close();
  }

  static void honestly(HttpExchange exchange, Honest honest) throws IOException {
    send(exchange, honest.act());
  }

  static Answer error(int status, String code) {
    return new Answer(
        status, Map.of(), "<Error><Code>" + code + "</Code><Message>m</Message></Error>");
  }

  private void handle(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().substring(1).split("/", 2);
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    Op op = op(exchange.getRequestMethod(), query, path.length > 1 && !path[1].isEmpty());
    calls.add(op);
    Honest honest = () -> this.honest.act(op, exchange, path.length > 1 ? path[1] : "", query);
    Fault fault;
    synchronized (this) {
      Deque<Fault> queue = script.getOrDefault(op, new ArrayDeque<>());
      fault = queue.isEmpty() ? always.getOrDefault(op, FaultyS3::honestly) : queue.remove();
    }
    fault.answer(exchange, honest);
  }

  private static Op op(String method, String query, boolean object) {
    return switch (method) {
      case "PUT" -> query.contains("partNumber=") ? Op.PART : object ? Op.PUT : Op.OTHER;
      case "POST" -> query.startsWith("uploads") ? Op.CREATE : Op.COMPLETE;
      case "DELETE" -> query.contains("uploadId=") ? Op.ABORT : object ? Op.DELETE : Op.OTHER;
      case "HEAD" -> object ? Op.HEAD : Op.HEAD_BUCKET;
      default -> query.contains("uploads") ? Op.LIST_UPLOADS : Op.OTHER;
    };
  }

  static void send(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getRequestBody().readAllBytes();
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    boolean head = "HEAD".equals(exchange.getRequestMethod());
    exchange.sendResponseHeaders(answer.status(), head || body.length == 0 ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  /** How often {@code op} was asked for. */
  long count(Op op) {
    return calls.stream().filter(op::equals).count();
  }

  /** Bytes of an object, or none. */
  int size(String key) {
    return IntStream.of(objects.containsKey(key) ? objects.get(key).bytes().length : -1).sum();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
