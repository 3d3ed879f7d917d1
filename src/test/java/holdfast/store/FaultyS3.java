package holdfast.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
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
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
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

  record Thing(byte[] bytes, Map<String, String> metadata, String checksum) {}

  record Unfinished(String key, Map<String, String> metadata, Map<Integer, byte[]> parts) {}

  static final Answer OK = new Answer(200, Map.of(), "");
  final Map<String, Thing> objects = new ConcurrentHashMap<>();
  final Map<String, Unfinished> uploads = new ConcurrentHashMap<>();
  final List<Op> calls = new CopyOnWriteArrayList<>();
  private final Map<Op, Deque<Fault>> script = new EnumMap<>(Op.class);
  private final Map<Op, Fault> always = new EnumMap<>(Op.class);
  private final HttpServer server;
  volatile @Nullable String lifecycle;
  volatile String owner = "111122223333";

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
    Honest honest = () -> act(op, exchange, path.length > 1 ? path[1] : "", query);
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

  private Answer act(Op op, HttpExchange exchange, String key, String query) throws IOException {
    var headers = exchange.getRequestHeaders();
    byte[] body = exchange.getRequestBody().readAllBytes();
    String expected = headers.getFirst("x-amz-expected-bucket-owner");
    if (expected != null && !expected.equals(owner)) {
      return error(403, "AccessDenied");
    }
    boolean taken = "*".equals(headers.getFirst("If-None-Match")) && objects.containsKey(key);
    Unfinished upload = uploads.get(value(query, "uploadId"));
    Map<String, String> metadata = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> metadata.put(name, values.get(0)));
    metadata.keySet().removeIf(name -> !name.regionMatches(true, 0, "x-amz-meta-", 0, 11));
    return switch (op) {
      case PUT ->
          keep(key, new Thing(body, metadata, crc(body)), headers.containsKey("If-None-Match"));
      case CREATE -> {
        String id = "upload-" + calls.size();
        uploads.put(id, new Unfinished(key, metadata, new ConcurrentHashMap<>()));
        yield xml(
            "<InitiateMultipartUploadResult><UploadId>"
                + id
                + "</UploadId></InitiateMultipartUploadResult>");
      }
      case PART -> upload == null ? error(404, "NoSuchUpload") : part(upload, query, body);
      case COMPLETE ->
          upload == null
              ? error(404, "NoSuchUpload")
              : taken ? error(412, "PreconditionFailed") : complete(query, upload, body);
      case ABORT ->
          uploads.remove(value(query, "uploadId")) == null
              ? error(404, "NoSuchUpload")
              : new Answer(204, Map.of(), "");
      case HEAD ->
          objects.containsKey(key) ? head(objects.get(key)) : new Answer(404, Map.of(), "");
      case DELETE -> objects.remove(key) == null ? OK : OK;
      case LIST_UPLOADS ->
          xml(
              uploads.entrySet().stream()
                  .map(
                      e ->
                          "<Upload><Key>"
                              + e.getValue().key
                              + "</Key><UploadId>"
                              + e.getKey()
                              + "</UploadId></Upload>")
                  .collect(
                      Collectors.joining(
                          "", "<ListMultipartUploadsResult>", "</ListMultipartUploadsResult>")));
      default -> bucket(exchange.getRequestMethod(), query, body);
    };
  }

  private Answer bucket(String method, String query, byte[] body) {
    if (query.startsWith("lifecycle")) {
      lifecycle =
          switch (method) {
            case "PUT" -> new String(body, StandardCharsets.UTF_8);
            case "DELETE" -> null;
            default -> lifecycle;
          };
      return lifecycle == null && method.equals("GET")
          ? error(404, "NoSuchLifecycleConfiguration")
          : xml("GET".equals(method) ? String.valueOf(lifecycle) : "");
    }
    return query.startsWith("encryption")
        ? error(404, "ServerSideEncryptionConfigurationNotFoundError")
        : xml("<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
  }

  private Answer keep(String key, Thing thing, boolean onlyIfAbsent) {
    Thing former = onlyIfAbsent ? objects.putIfAbsent(key, thing) : objects.put(key, thing);
    return onlyIfAbsent && former != null ? error(412, "PreconditionFailed") : OK;
  }

  private static Answer part(Unfinished upload, String query, byte[] body) {
    upload.parts.put(Integer.parseInt(value(query, "partNumber")), body);
    return new Answer(200, Map.of("ETag", "\"00\"", "x-amz-checksum-crc32", crc(body)), "");
  }

  private Answer complete(String query, Unfinished upload, byte[] body) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    List<Integer> crcs = new java.util.ArrayList<>();
    Matcher named =
        Pattern.compile("<PartNumber>(\\d+)<").matcher(new String(body, StandardCharsets.UTF_8));
    while (named.find()) {
      byte[] part = upload.parts.get(Integer.parseInt(named.group(1)));
      whole.writeBytes(part);
      crcs.add((int) sum(part));
    }
    uploads.remove(value(query, "uploadId"));
    keep(
        upload.key,
        new Thing(whole.toByteArray(), upload.metadata, Checksums.composite(crcs)),
        false);
    return xml("<CompleteMultipartUploadResult/>");
  }

  private static Answer head(Thing thing) {
    Map<String, String> headers = new TreeMap<>(thing.metadata);
    headers.put("ETag", "\"x\"");
    headers.put("Last-Modified", "Sat, 21 Nov 2026 02:00:00 GMT");
    headers.put("x-amz-checksum-crc32", thing.checksum);
    headers.put("Content-Length", String.valueOf(thing.bytes.length));
    return new Answer(200, headers, "");
  }

  private static Answer xml(String body) {
    return new Answer(200, Map.of("Content-Type", "application/xml"), body);
  }

  static String crc(byte[] bytes) {
    return Checksums.encoded((int) sum(bytes));
  }

  private static long sum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  private static String value(String query, String name) {
    Matcher found = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(query);
    return found.find() ? found.group(1) : "";
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
