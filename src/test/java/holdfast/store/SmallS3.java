package holdfast.store;

import com.sun.net.httpserver.HttpExchange;
import holdfast.store.FaultyS3.Answer;
import holdfast.store.FaultyS3.Op;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** What an honest S3 does with the few requests that uploads make. */
final class SmallS3 {

  record Thing(byte[] bytes, Map<String, String> metadata, String checksum) {}

  record Unfinished(String key, Map<String, String> metadata, Map<Integer, byte[]> parts) {}

  private static final Answer OK = new Answer(200, Map.of(), "");

  final Map<String, Thing> objects = new ConcurrentHashMap<>();
  final Map<String, Unfinished> uploads = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  volatile @Nullable String lifecycle;
  volatile String owner = "111122223333";

  Answer act(Op op, HttpExchange exchange, String key, String query) throws IOException {
    var headers = exchange.getRequestHeaders();
    byte[] body = exchange.getRequestBody().readAllBytes();
    String expected = headers.getFirst("x-amz-expected-bucket-owner");
    if (expected != null && !expected.equals(owner)) {
      return FaultyS3.error(403, "AccessDenied");
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
        String id = "upload-" + ids.incrementAndGet();
        uploads.put(id, new Unfinished(key, metadata, new ConcurrentHashMap<>()));
        yield xml(
            "<InitiateMultipartUploadResult><UploadId>"
                + id
                + "</UploadId></InitiateMultipartUploadResult>");
      }
      case PART -> upload == null ? FaultyS3.error(404, "NoSuchUpload") : part(upload, query, body);
      case COMPLETE ->
          upload == null
              ? FaultyS3.error(404, "NoSuchUpload")
              : taken ? FaultyS3.error(412, "PreconditionFailed") : complete(query, upload, body);
      case ABORT ->
          uploads.remove(value(query, "uploadId")) == null
              ? FaultyS3.error(404, "NoSuchUpload")
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
          ? FaultyS3.error(404, "NoSuchLifecycleConfiguration")
          : xml("GET".equals(method) ? String.valueOf(lifecycle) : "");
    }
    return query.startsWith("encryption")
        ? FaultyS3.error(404, "ServerSideEncryptionConfigurationNotFoundError")
        : xml("<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
  }

  private Answer keep(String key, Thing thing, boolean onlyIfAbsent) {
    Thing former = onlyIfAbsent ? objects.putIfAbsent(key, thing) : objects.put(key, thing);
    return onlyIfAbsent && former != null ? FaultyS3.error(412, "PreconditionFailed") : OK;
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
}
