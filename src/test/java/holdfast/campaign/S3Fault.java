package holdfast.campaign;

import com.sun.net.httpserver.HttpExchange;
import holdfast.harness.FaultyProxy;
import holdfast.harness.FaultyProxy.Fault;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What can go wrong with a request to S3, each by its name. */
final class S3Fault {

  private static final String ELSEWHERE = "http://127.0.0.1:9/elsewhere";

  private S3Fault() {}

  static Map<String, Fault> all() {
    Map<String, Fault> all = new LinkedHashMap<>();
    Map.of(
            "500 InternalError", 500,
            "503 SlowDown", 503,
            "429 TooManyRequests", 429,
            "400 InvalidRequest", 400,
            "403 AccessDenied", 403,
            "403 ExpiredToken", 403,
            "403 RequestTimeTooSkewed", 403,
            "404 NoSuchKey", 404,
            "409 OperationAborted", 409,
            "412 PreconditionFailed", 412)
        .forEach((name, status) -> all.put(name, refusal(status, name.substring(4))));
    all.put(
        "502 with a page for people", (exchange, real) -> say(exchange, 502, "<html>Bad</html>"));
    all.put("301 to another host", (exchange, real) -> redirect(exchange, 301));
    all.put("307 to another host", (exchange, real) -> redirect(exchange, 307));
    all.put(
        "200 with an error in it", (exchange, real) -> say(exchange, 200, error("InternalError")));
    all.put("200 with nothing in it, and nothing done", (exchange, real) -> say(exchange, 200, ""));
    all.put(
        "200 with rubbish in it, and nothing done", (exchange, real) -> say(exchange, 200, "{]"));
    all.put("no answer, and nothing done", (exchange, real) -> exchange.close());
    all.put("no answer, and done", S3Fault::lost);
    all.put("500, and done", S3Fault::doneButRefused);
    all.put("half an answer, and done", S3Fault::half);
    all.put("other checksums and tags, and done", S3Fault::lie);
    all.put("a flipped bit in the answer, and done", S3Fault::flip);
    all.put("an answer after seconds, and done", S3Fault::late);
    return all;
  }

  private static Fault refusal(int status, String code) {
    return (exchange, real) -> say(exchange, status, error(code));
  }

  private static String error(String code) {
    return "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>no</Message></Error>"
        .formatted(code);
  }

  private static void say(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    boolean none = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
    exchange.sendResponseHeaders(status, none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static void redirect(HttpExchange exchange, int status) throws IOException {
    exchange.getResponseHeaders().set("Location", ELSEWHERE);
    say(exchange, status, error(status == 301 ? "PermanentRedirect" : "TemporaryRedirect"));
  }

  private static void lost(HttpExchange exchange, FaultyProxy.Forward real) throws IOException {
    real.now();
    exchange.close();
  }

  private static void doneButRefused(HttpExchange exchange, FaultyProxy.Forward real)
      throws IOException {
    real.now();
    say(exchange, 500, error("InternalError"));
  }

  private static void half(HttpExchange exchange, FaultyProxy.Forward real) throws IOException {
    byte[] body = real.now().body();
    exchange.sendResponseHeaders(200, body.length + 100L);
    exchange.getResponseBody().write(body, 0, body.length / 2);
    exchange.getResponseBody().flush();
    exchange.close();
  }

  private static void lie(HttpExchange exchange, FaultyProxy.Forward real) throws IOException {
    HttpResponse<byte[]> said = real.now();
    exchange.getResponseHeaders().set("x-amz-checksum-crc32", "AAAAAA==");
    exchange.getResponseHeaders().set("ETag", "\"00000000000000000000000000000000\"");
    byte[] body = said.body();
    boolean none = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", "17");
    }
    exchange.sendResponseHeaders(said.statusCode(), none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static void flip(HttpExchange exchange, FaultyProxy.Forward real) throws IOException {
    HttpResponse<byte[]> said = real.now();
    byte[] body = Arrays.copyOf(said.body(), said.body().length);
    if (body.length > 0) {
      body[body.length / 2] ^= 1;
    }
    FaultyProxy.answer(exchange, said, body);
  }

  private static void late(HttpExchange exchange, FaultyProxy.Forward real) throws IOException {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1500));
    FaultyProxy.answer(exchange, real.now(), null);
  }
}
