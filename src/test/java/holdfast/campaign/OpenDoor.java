package holdfast.campaign;

import holdfast.Application;
import holdfast.harness.HomeFolder;
import holdfast.harness.Moto;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The whole service within this process, with a webhook, a topic and a queue to come in by. */
final class OpenDoor implements AutoCloseable {

  static final String QUEUE = "events";

  private static final String PLAN =
      """
      holdfast:
        stores: {primary: {kind: directory, path: store}}
        keys:
          recipients: {operations: keys/operations.public.asc}
          signing: {key: keys/signing.secret.asc, passphrase: {file: keys/signing.passphrase}}
        senders:
          monitor: {kind: alertmanager, token: {file: token}, per-minute: 1000000}
          topic: {kind: sns, topics: ["arn:aws:sns:us-east-1:123456789012:alarms"], region: us-east-1}
          queue: {kind: sqs, queue: "arn:aws:sqs:us-east-1:123456789012:%s", region: us-east-1, endpoint: "%s", access-key: {file: secret}, secret-key: {file: secret}}
      """;

  final Moto moto = Moto.shared();
  final SqsClient queue = queue(moto);
  final ConfigurableApplicationContext context;
  private final Station station = Station.bare();
  private final HttpClient http = HttpClient.newHttpClient();

  OpenDoor() throws IOException {
    queue.createQueue(request -> request.queueName(QUEUE));
    HomeFolder home = new HomeFolder(station.home);
    home.write("application.yml", PLAN.formatted(QUEUE, moto.endpoint()));
    Files.createDirectories(station.home.resolve("systems"));
    context = Application.start(station.home, "--server.port=0", "--management.server.port=-1");
  }

  private static SqsClient queue(Moto moto) {
    return SqsClient.builder()
        .httpClient(ApacheHttpClient.create())
        .endpointOverride(moto.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .build();
  }

  String queueUrl() {
    return queue.getQueueUrl(request -> request.queueName(QUEUE)).queueUrl();
  }

  /** Posts {@code body}; the status. Headers that a client may not set are refused by Java. */
  int post(String path, byte[] body, Map<String, String> headers)
      throws IOException, InterruptedException {
    return send(path, body, headers).statusCode();
  }

  /** The same with all of the answer. */
  HttpResponse<String> send(String path, byte[] body, Map<String, String> headers)
      throws IOException, InterruptedException {
    URI url =
        URI.create(
            "http://127.0.0.1:"
                + context.getEnvironment().getProperty("local.server.port")
                + "/in/"
                + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Authorization", "Bearer " + Station.TOKEN)
            .POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() throws IOException {
    context.close();
    queue.close();
    station.close();
  }
}
