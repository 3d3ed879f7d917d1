package holdfast.notify;

import holdfast.plan.ChannelSpec;
import holdfast.plan.Check;
import holdfast.plan.Finding;
import holdfast.plan.Plans;
import holdfast.plan.SecretMissingException;
import holdfast.plan.SecretRef;
import holdfast.plan.Secrets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Examines the channels: secrets that cannot be read, addresses that make no sense, silent servers.
 */
final class NotifyCheck implements Check {

  private static final int CONNECT_MILLIS = 2_000;

  private final Secrets secrets;

  NotifyCheck(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public List<Finding> findings(Plans plans) {
    List<Finding> findings = new ArrayList<>(new Templates(plans.home()).findings());
    for (ChannelSpec channel : plans.installation().channels().values()) {
      if (channel instanceof ChannelSpec.Slack slack) {
        check(slack, findings);
      } else if (channel instanceof ChannelSpec.Email email) {
        check(email, findings);
      } else if (channel instanceof ChannelSpec.Sns sns) {
        check(sns, findings);
      } else if (channel instanceof ChannelSpec.EventBridge bus) {
        secret(bus, bus.access().accessKey(), findings);
        secret(bus, bus.access().secretKey(), findings);
      }
    }
    return findings;
  }

  private void check(ChannelSpec.Slack slack, List<Finding> findings) {
    String webhook = secret(slack, slack.webhook(), findings);
    if (webhook != null && !isWebAddress(webhook)) {
      findings.add(
          Finding.error(
              slack.origin(),
              "Channel %s: its webhook is no web address.".formatted(slack.name()),
              "Store the whole https:// address that Slack shows for the incoming webhook."));
    }
  }

  private static boolean isWebAddress(String text) {
    try {
      URI address = URI.create(text.strip());
      return address.getHost() != null
          && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private void check(ChannelSpec.Email email, List<Finding> findings) {
    secret(email, email.password(), findings);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(email.host(), email.port()), CONNECT_MILLIS);
    } catch (IOException | RuntimeException silent) {
      findings.add(
          Finding.warning(
              email.origin(),
              "Channel %s: no mail server answers at %s:%d."
                  .formatted(email.name(), email.host(), email.port()),
              "Check host, port and firewall; messages wait until it answers."));
    }
  }

  private void check(ChannelSpec.Sns sns, List<Finding> findings) {
    secret(sns, sns.access().accessKey(), findings);
    secret(sns, sns.access().secretKey(), findings);
    String[] parts = sns.topicArn().split(":");
    if (parts.length != 6 || !parts[0].equals("arn") || !parts[2].equals("sns")) {
      findings.add(
          Finding.error(
              sns.origin(),
              "Channel %s: '%s' is no topic.".formatted(sns.name(), sns.topicArn()),
              "Write the topic's ARN, such as arn:aws:sns:us-east-1:123456789012:NAME."));
    } else if (!parts[3].equals(sns.access().region())) {
      findings.add(
          Finding.error(
              sns.origin(),
              "Channel %s: its topic is in %s, its region says %s."
                  .formatted(sns.name(), parts[3], sns.access().region()),
              "Give the topic's own region."));
    }
  }

  private @Nullable String secret(
      ChannelSpec channel, @Nullable SecretRef ref, List<Finding> findings) {
    if (ref == null) {
      return null;
    }
    try {
      return secrets.read(ref).reveal();
    } catch (SecretMissingException missing) {
      findings.add(
          Finding.error(
              channel.origin(),
              "Channel %s: %s".formatted(channel.name(), missing.getMessage()),
              "Until then its messages wait."));
      return null;
    }
  }
}
