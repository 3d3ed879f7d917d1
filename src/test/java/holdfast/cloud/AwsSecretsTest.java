package holdfast.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import holdfast.plan.SecretMissingException;
import holdfast.plan.SecretRef;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class AwsSecretsTest {

  private HttpServer server;
  private AwsSecrets secrets;
  private URI endpoint;
  private int status = 200;
  private String answer = "";

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    secrets = secrets();
  }

  private AwsSecrets secrets() {
    return new AwsSecrets(
        () ->
            AwsSecrets.patient(SecretsManagerClient.builder())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .endpointOverride(endpoint)
                .build());
  }

  @AfterEach
  void stop() {
    secrets.close();
    server.stop(0);
  }

  @Test
  void a_secret_is_read_and_never_printed() {
    answer = "{\"SecretString\":\"hunter2\"}";
    assertThat(secrets.read(ref()).reveal()).isEqualTo("hunter2");
    assertThat(secrets.read(ref())).hasToString("**redacted**");
  }

  @Test
  void a_missing_refused_or_binary_secret_is_named_in_one_sentence() {
    answer = "{\"SecretBinary\":\"aHVudGVyMg==\"}";
    assertRefused("is binary");
    status = 400;
    answer = "{\"__type\":\"ResourceNotFoundException\",\"message\":\"no\"}";
    assertRefused("There is no secret 'prod/db'");
    answer = "{\"__type\":\"AccessDeniedException\",\"message\":\"no\"}";
    assertRefused("refused to give secret 'prod/db' (AccessDeniedException)");
  }

  @Test
  void an_unreachable_service_is_one_sentence() {
    server.stop(0);
    assertRefused("'prod/db' cannot be read from AWS Secrets Manager");
  }

  @Test
  void a_service_that_hangs_is_given_up_within_seconds() throws Exception {
    answer = "{\"SecretString\":\"hunter2\"}";
    secrets.read(ref()); // a process builds its first client slowly
    secrets.close();
    secrets = secrets();
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      endpoint = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      long began = System.nanoTime();
      assertRefused("'prod/db' cannot be read from AWS Secrets Manager");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
    }
  }

  private void assertRefused(String sentence) {
    assertThatThrownBy(() -> secrets.read(ref()))
        .isInstanceOf(SecretMissingException.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("\n");
  }

  private static SecretRef ref() {
    return new SecretRef(SecretRef.Kind.AWS, "prod/db");
  }
}
