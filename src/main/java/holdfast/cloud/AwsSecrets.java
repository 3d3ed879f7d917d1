package holdfast.cloud;

import holdfast.plan.Secret;
import holdfast.plan.SecretMissingException;
import holdfast.plan.SecretRef;
import holdfast.plan.SecretSource;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** Reads secrets that AWS Secrets Manager keeps, with this host's own credentials and region. */
final class AwsSecrets implements SecretSource, AutoCloseable {

  /** For one attempt to connect, or one piece of the answer. */
  private static final Duration ATTEMPT = Duration.ofSeconds(2);

  /** For all attempts together. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final Supplier<SecretsManagerClient> opener;
  private @Nullable SecretsManagerClient client;

  /**
   * A source.
   *
   * @param opener called at the first reading, so that starting needs neither region nor network
   */
  AwsSecrets(Supplier<SecretsManagerClient> opener) {
    this.opener = opener;
  }

  /** A client that gives up soon: posts of senders wait for it. */
  static SecretsManagerClientBuilder patient(SecretsManagerClientBuilder client) {
    return client
        .httpClientBuilder(
            ApacheHttpClient.builder().connectionTimeout(ATTEMPT).socketTimeout(ATTEMPT))
        .overrideConfiguration(limits -> limits.apiCallTimeout(PATIENCE));
  }

  @Override
  public SecretRef.Kind kind() {
    return SecretRef.Kind.AWS;
  }

  @Override
  public Secret read(SecretRef ref) {
    try {
      GetSecretValueResponse value = open().getSecretValue(get -> get.secretId(ref.name()));
      if (value.secretString() == null) {
        throw new SecretMissingException(
            "Secret '%s' in AWS Secrets Manager is binary; store it as text."
                .formatted(ref.name()));
      }
      return new Secret(value.secretString());
    } catch (ResourceNotFoundException e) {
      throw new SecretMissingException(
          "There is no secret '%s' in AWS Secrets Manager; create it or correct its name."
              .formatted(ref.name()));
    } catch (SecretsManagerException e) {
      throw new SecretMissingException(
          "AWS Secrets Manager refused to give secret '%s' (%s); give this host the right to read it."
              .formatted(ref.name(), e.awsErrorDetails().errorCode()));
    } catch (SdkException e) {
      throw new SecretMissingException(
          "Secret '%s' cannot be read from AWS Secrets Manager (%s); check region, credentials and network."
              .formatted(ref.name(), reason(e)));
    }
  }

  private static String reason(SdkException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage());
    return message.length() > 120 ? message.substring(0, 120) + "…" : message;
  }

  private synchronized SecretsManagerClient open() {
    if (client == null) {
      client = opener.get();
    }
    return client;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }
}
