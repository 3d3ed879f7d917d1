package holdfast.camel;

import holdfast.plan.AwsAccess;
import holdfast.plan.ChannelSpec;
import holdfast.plan.SecretRef;
import holdfast.plan.Secrets;
import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.camel.spi.Registry;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * Binds what a channel needs but no route text may show, webhooks, passwords and clients, as named
 * beans that its template refers to.
 */
final class ChannelBeans {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration CALL = Duration.ofSeconds(20);

  private final Registry registry;
  private final Secrets secrets;
  private final Targets targets;

  ChannelBeans(Registry registry, Secrets secrets, Targets targets) {
    this.registry = registry;
    this.secrets = secrets;
    this.targets = targets;
  }

  /**
   * The template's parameters, which name beans and hold no secret.
   *
   * @throws holdfast.plan.SecretMissingException when a secret cannot be read
   */
  Map<String, Object> bind(ChannelSpec channel) {
    if (channel instanceof ChannelSpec.Slack slack) {
      return Map.of(
          "webhook",
          bound("webhook-" + slack.name(), () -> secrets.read(slack.webhook()).reveal()));
    }
    if (channel instanceof ChannelSpec.Email email) {
      return email(email);
    }
    if (channel instanceof ChannelSpec.Sns sns) {
      return Map.of(
          "topic", sns.topicArn(), "client", bound("sns-" + sns.name(), () -> sns(sns.access())));
    }
    if (channel instanceof ChannelSpec.Sms sms) {
      return Map.of("client", bound("sms-" + sms.name(), () -> sns(sms.access())));
    }
    if (channel instanceof ChannelSpec.EventBridge bus) {
      return Map.of(
          "bus", bus.bus(),
          "source", bus.source(),
          "client", bound("events-" + bus.name(), () -> events(bus.access())));
    }
    targets.open(channel);
    return Map.of("client", bound("hook-" + channel.name(), () -> hook(channel)));
  }

  private static CloseableHttpClient hook(ChannelSpec channel) {
    return channel instanceof ChannelSpec.Webhook hook
        ? HookClients.guarded(hook)
        : HookClients.trusting();
  }

  /** Binds once: a channel that is asked for again keeps its bean. */
  private String bound(String name, Supplier<Object> bean) {
    if (registry.lookupByName(name) == null) {
      registry.bind(name, bean.get());
    }
    return "#bean:" + name;
  }

  private Map<String, Object> email(ChannelSpec.Email email) {
    String password = secret(email.password());
    Authenticator login =
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(email.user(), password);
          }
        };
    Session session = Session.getInstance(properties(email), login);
    return Map.of(
        "from", email.from(),
        "session", bound("session-" + email.name(), () -> session));
  }

  private static Properties properties(ChannelSpec.Email email) {
    Properties mail = new Properties();
    mail.put("mail.smtp.host", email.host());
    mail.put("mail.smtp.port", String.valueOf(email.port()));
    mail.put("mail.smtp.auth", String.valueOf(email.user() != null));
    if (email.user() != null) {
      mail.put("mail.smtp.user", email.user());
    }
    mail.put("mail.smtp.connectiontimeout", String.valueOf(CONNECT.toMillis()));
    mail.put("mail.smtp.timeout", String.valueOf(ANSWER.toMillis()));
    mail.put("mail.smtp.writetimeout", String.valueOf(ANSWER.toMillis()));
    mail.put("mail.smtp.ssl.checkserveridentity", "true");
    mail.put("mail.smtp.ssl.enable", String.valueOf(email.security() == ChannelSpec.Security.TLS));
    String starttls = String.valueOf(email.security() == ChannelSpec.Security.STARTTLS);
    mail.put("mail.smtp.starttls.enable", starttls);
    mail.put("mail.smtp.starttls.required", starttls);
    return mail;
  }

  SnsClient sns(AwsAccess access) {
    return configured(SnsClient.builder().httpClient(http()), access).build();
  }

  private EventBridgeClient events(AwsAccess access) {
    return configured(EventBridgeClient.builder().httpClient(http()), access).build();
  }

  private static SdkHttpClient http() {
    return ApacheHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ANSWER).build();
  }

  <B extends AwsClientBuilder<B, ?>> B configured(B builder, AwsAccess access) {
    builder.region(Region.of(access.region())).credentialsProvider(credentials(access));
    builder.overrideConfiguration(
        ClientOverrideConfiguration.builder().apiCallTimeout(CALL).build());
    return access.endpoint() == null ? builder : builder.endpointOverride(access.endpoint());
  }

  private AwsCredentialsProvider credentials(AwsAccess access) {
    String key = secret(access.accessKey());
    String secret = secret(access.secretKey());
    return key == null || secret == null
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret));
  }

  private @Nullable String secret(@Nullable SecretRef ref) {
    return ref == null ? null : secrets.read(ref).reveal();
  }
}
