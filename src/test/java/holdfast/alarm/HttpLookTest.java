package holdfast.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import holdfast.harness.HttpTarget;
import holdfast.plan.ProbeSpec;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a look at a page finds, on a real server that behaves badly. */
class HttpLookTest {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final HttpTarget target = HttpTarget.start();

  @AfterEach
  void close() {
    target.close();
  }

  private ProbeResult look(String contains) {
    return HttpLook.take(
        new ProbeSpec.Http(target.at("/health?token=hunter2"), 200, contains), PATIENCE);
  }

  private String failure(String contains) {
    ProbeResult result = look(contains);
    assertThat(result.state()).isEqualTo(ProbeState.DOWN);
    assertThat(result.reason()).startsWith(target.at("/health").toString() + " ");
    return result.reason().substring(target.at("/health").toString().length() + 1);
  }

  private String failureInTime() {
    long began = System.nanoTime();
    String failure = failure(null);
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(PATIENCE.minusMillis(50), PATIENCE.multipliedBy(2));
    return failure;
  }

  @Test
  void the_status_and_the_text_that_were_asked_for_are_well() {
    assertThat(look(null)).isEqualTo(ProbeResult.WELL);
    assertThat(look("is well")).isEqualTo(ProbeResult.WELL);
  }

  @Test
  void another_status_is_a_failure_and_a_redirect_is_not_followed() {
    target.behave(HttpTarget.page(500, "oh"));
    assertThat(failure(null)).isEqualTo("answered 500 instead of 200.");
    target.behave(HttpTarget.page(302, "", "Location: " + target.at("/login")));
    int asked = target.asked();
    assertThat(failure(null)).isEqualTo("answered 302 instead of 200; redirects are not followed.");
    assertThat(target.asked()).isEqualTo(asked + 1);
  }

  @Test
  void a_status_of_failure_may_be_what_is_asked_for_with_its_text() {
    target.behave(HttpTarget.page(503, "closed for tonight"));
    assertThat(HttpLook.take(new ProbeSpec.Http(target.at("/"), 503, "for tonight"), PATIENCE))
        .isEqualTo(ProbeResult.WELL);
  }

  @Test
  void a_page_without_the_text_is_a_failure() {
    assertThat(failure("is bad"))
        .isEqualTo("answered 200, but its first 64 KiB do not hold the text 'is bad'.");
  }

  @Test
  void a_huge_page_is_read_no_further_than_its_limit() {
    byte[] block = "x".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
    target.behave(
        out -> {
          HttpTarget.head(out, 200);
          for (int i = 0; i < 16_384; i++) {
            out.write(block);
          }
        });
    assertThat(look(null)).isEqualTo(ProbeResult.WELL);
    target.behave(
        out -> {
          HttpTarget.head(out, 200);
          out.write(block);
          out.write("is well".getBytes(StandardCharsets.UTF_8));
        });
    assertThat(failure("is well")).contains("do not hold the text");
  }

  @Test
  void a_page_that_hangs_costs_its_timeout_and_no_more() {
    target.behave(target.hang());
    assertThat(failureInTime()).isEqualTo("did not answer within 1 s.");
  }

  @Test
  void a_door_behind_which_nobody_speaks_tls_costs_its_timeout_and_no_more() {
    URI url = URI.create(target.at("/").toString().replace("http:", "https:"));
    long began = System.nanoTime();
    assertThat(HttpLook.take(new ProbeSpec.Http(url, 200, null), PATIENCE).reason())
        .isEqualTo(url + " did not answer within 1 s.");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE.multipliedBy(3));
  }

  @Test
  void a_head_that_comes_drop_by_drop_costs_its_timeout_and_no_more() {
    target.behave(target.drip("HTTP/1.1 200 OK\r\nX: ", 50));
    assertThat(failureInTime()).isEqualTo("did not answer within 1 s.");
  }

  @Test
  void a_body_that_comes_drop_by_drop_costs_its_timeout_and_no_more() {
    target.behave(target.drip("HTTP/1.1 200 OK\r\n\r\n", 50));
    assertThat(failureInTime()).isEqualTo("did not answer within 1 s.");
  }

  @Test
  void a_page_that_breaks_off_or_is_not_there_is_a_failure() {
    target.behave(
        out -> {
          HttpTarget.head(out, 200, "Content-Length: 100");
          out.write('x');
        });
    assertThat(failure(null)).startsWith("broke off its answer: ");
    target.behave(out -> {});
    assertThat(failure(null)).startsWith("broke off its answer: ");
    target.close();
    assertThat(failure(null)).startsWith("cannot be reached: ");
  }

  @Test
  void a_certificate_that_nobody_trusts_is_a_failure_that_says_so(@TempDir Path folder)
      throws Exception {
    HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder.resolve("own.p12"))));
    server.createContext("/", exchange -> exchange.sendResponseHeaders(200, -1));
    server.start();
    try {
      URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
      ProbeResult result =
          HttpLook.take(new ProbeSpec.Http(url, 200, null), PATIENCE.plusSeconds(9));
      assertThat(result.state()).isEqualTo(ProbeState.DOWN);
      assertThat(result.reason())
          .startsWith(url + " has a TLS certificate or setting that is not accepted: ");
    } finally {
      server.stop(0);
    }
  }

  private static SSLContext selfSigned(Path store) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void a_name_that_nobody_knows_is_a_failure_that_says_so() {
    ProbeSpec.Http nowhere = new ProbeSpec.Http(URI.create("http://nowhere.invalid/"), 200, null);
    assertThat(HttpLook.take(nowhere, PATIENCE).reason())
        .startsWith("http://nowhere.invalid/ ")
        .doesNotContain("Exception");
  }
}
