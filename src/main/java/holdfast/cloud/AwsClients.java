package holdfast.cloud;

import holdfast.plan.AwsAccess;
import holdfast.plan.Secrets;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The clients of one region; throttled and broken requests are tried again, with pauses. */
record AwsClients(
    SqsClient sqs,
    EventBridgeClient events,
    SnsClient sns,
    CloudWatchClient cloudWatch,
    SdkHttpClient http)
    implements AutoCloseable {

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  static AwsClients open(AwsAccess access, Secrets secrets, CloudSettings settings) {
    SdkHttpClient http =
        ApacheHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(10))
            .socketTimeout(Duration.ofSeconds(30))
            .build();
    Maker maker = new Maker(access, credentials(access, secrets), http, retries(settings));
    return new AwsClients(
        maker.make(SqsClient.builder()),
        maker.make(EventBridgeClient.builder()),
        maker.make(SnsClient.builder()),
        maker.make(CloudWatchClient.builder()),
        http);
  }

  private static StandardRetryStrategy retries(CloudSettings settings) {
    BackoffStrategy pauses = BackoffStrategy.exponentialDelay(settings.firstPause(), LONGEST_PAUSE);
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(settings.attempts())
        .backoffStrategy(pauses)
        .throttlingBackoffStrategy(pauses)
        .build();
  }

  private static AwsCredentialsProvider credentials(AwsAccess access, Secrets secrets) {
    if (access.accessKey() == null || access.secretKey() == null) {
      return DefaultCredentialsProvider.builder().build();
    }
    return () ->
        AwsBasicCredentials.create(
            secrets.read(Objects.requireNonNull(access.accessKey())).reveal(),
            secrets.read(Objects.requireNonNull(access.secretKey())).reveal());
  }

  @Override
  public void close() {
    sqs.close();
    events.close();
    sns.close();
    cloudWatch.close();
    http.close();
  }

  private record Maker(
      AwsAccess access,
      AwsCredentialsProvider credentials,
      SdkHttpClient http,
      StandardRetryStrategy retries) {

    <C, B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>> C make(B builder) {
      builder
          .region(Region.of(access.region()))
          .credentialsProvider(credentials)
          .httpClient(http)
          .overrideConfiguration(
              all -> all.retryStrategy(retries).apiCallAttemptTimeout(Duration.ofSeconds(30)));
      URI endpoint = access.endpoint();
      return (endpoint == null ? builder : builder.endpointOverride(endpoint)).build();
    }
  }
}
