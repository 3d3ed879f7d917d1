package holdfast.store;

import holdfast.plan.AwsAccess;
import holdfast.plan.Secrets;
import holdfast.plan.StoreSpec;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * One client per bucket, made when first asked for and closed with the application. Every request
 * names the account that must own the bucket, redirects are not followed, and requests are tried
 * again with growing, jittered pauses.
 */
public final class S3Clients implements AutoCloseable {

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  private final Secrets secrets;
  private final S3Settings settings;
  private final Map<StoreSpec.S3, S3Client> clients = new ConcurrentHashMap<>();

  S3Clients(Secrets secrets, S3Settings settings) {
    this.secrets = secrets;
    this.settings = settings;
  }

  /** The client of that store; making it reads no secret and opens no connection. */
  public S3Client of(StoreSpec.S3 spec) {
    return clients.computeIfAbsent(spec, this::make);
  }

  @Override
  public void close() {
    clients.values().forEach(S3Client::close);
    clients.clear();
  }

  private S3Client make(StoreSpec.S3 spec) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(spec.access().region()))
            .forcePathStyle(spec.pathStyle())
            .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
            .credentialsProvider(credentials(spec.access()))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(
                ApacheHttpClient.builder()
                    .maxConnections(32)
                    .connectionTimeout(Duration.ofSeconds(10))
                    .connectionAcquisitionTimeout(Duration.ofSeconds(30))
                    .socketTimeout(Duration.ofSeconds(60))
                    .tcpKeepAlive(true))
            .overrideConfiguration(overrides(spec.owner()));
    URI endpoint = spec.access().endpoint();
    return (endpoint == null ? builder : builder.endpointOverride(endpoint)).build();
  }

  private ClientOverrideConfiguration overrides(@Nullable String owner) {
    ClientOverrideConfiguration.Builder overrides =
        ClientOverrideConfiguration.builder()
            .apiCallAttemptTimeout(Duration.ofSeconds(60))
            .retryStrategy(retries());
    return (owner == null ? overrides : overrides.addExecutionInterceptor(new Owner(owner)))
        .build();
  }

  private StandardRetryStrategy retries() {
    BackoffStrategy pauses = BackoffStrategy.exponentialDelay(settings.firstPause(), LONGEST_PAUSE);
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(settings.attempts())
        .backoffStrategy(pauses)
        .throttlingBackoffStrategy(pauses)
        .build();
  }

  private AwsCredentialsProvider credentials(AwsAccess access) {
    if (access.accessKey() == null || access.secretKey() == null) {
      return DefaultCredentialsProvider.builder().build();
    }
    return () ->
        AwsBasicCredentials.create(
            secrets.read(Objects.requireNonNull(access.accessKey())).reveal(),
            secrets.read(Objects.requireNonNull(access.secretKey())).reveal());
  }

  /** Names the bucket's owner on every request, so that S3 refuses a bucket that is not ours. */
  private record Owner(String account) implements ExecutionInterceptor {

    @Override
    public SdkHttpRequest modifyHttpRequest(
        Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
      return context.httpRequest().toBuilder()
          .putHeader("x-amz-expected-bucket-owner", account)
          .build();
    }
  }
}
