package holdfast.notify;

import holdfast.plan.AwsAccess;
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
import java.util.Locale;
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
      check(channel, plans, findings);
    }
    return findings;
  }

  private void check(ChannelSpec channel, Plans plans, List<Finding> findings) {
    if (channel instanceof ChannelSpec.Slack slack) {
      address(slack, slack.webhook(), findings);
    } else if (channel instanceof ChannelSpec.SlackApp app) {
      secret(app, app.token(), findings);
      secret(app, app.signingSecret(), findings);
    } else if (channel instanceof ChannelSpec.Email email) {
      check(email, findings);
    } else if (channel instanceof ChannelSpec.Sns sns) {
      check(sns, findings);
    } else if (channel instanceof ChannelSpec.EventBridge bus) {
      keys(bus, bus.access(), findings);
    } else if (channel instanceof ChannelSpec.Sms sms) {
      check(sms, plans, findings);
    } else if (channel instanceof ChannelSpec.PagerDuty service) {
      check(service, findings);
    } else if (channel instanceof ChannelSpec.Teams teams) {
      address(teams, teams.webhook(), findings);
    } else if (channel instanceof ChannelSpec.Webhook hook) {
      check(hook, findings);
    } else if (channel instanceof ChannelSpec.StatusPage page) {
      secret(page, page.token(), findings);
    }
  }

  private void keys(ChannelSpec channel, AwsAccess access, List<Finding> findings) {
    secret(channel, access.accessKey(), findings);
    secret(channel, access.secretKey(), findings);
  }

  private void check(ChannelSpec.Sms sms, Plans plans, List<Finding> findings) {
    keys(sms, sms.access(), findings);
    boolean anybody =
        plans.systems().stream()
            .flatMap(system -> system.contacts().stream())
            .anyMatch(contact -> contact.phone() != null);
    if (sms.to().isEmpty() && !anybody) {
      findings.add(
          Finding.warning(
              sms.origin(),
              "Channel %s: nobody has a telephone number.".formatted(sms.name()),
              "Give it numbers under to, or give a contact a phone."));
    }
  }

  private void check(ChannelSpec.PagerDuty service, List<Finding> findings) {
    String key = secret(service, service.routingKey(), findings);
    if (key != null && !key.strip().matches("[A-Za-z0-9]{32}")) {
      findings.add(
          Finding.error(
              service.origin(),
              "Channel %s: its routing-key is no key of PagerDuty's.".formatted(service.name()),
              "Store the 32 characters of the service's integration for Events API v2."));
    }
  }

  private void check(ChannelSpec.Webhook hook, List<Finding> findings) {
    secret(hook, hook.secret(), findings);
    String text = address(hook, hook.address(), findings);
    if (text == null) {
      return;
    }
    URI address = URI.create(text.strip());
    if (!hook.hosts().contains(address.getHost().toLowerCase(Locale.ROOT))) {
      findings.add(
          Finding.error(
              hook.origin(),
              "Channel %s: its address is on no host that hosts allows.".formatted(hook.name()),
              "Add the host to hosts, or correct the address."));
    } else if (address.getScheme().equals("http") && !hook.allowPrivate()) {
      findings.add(
          Finding.warning(
              hook.origin(),
              "Channel %s: its messages travel unencrypted.".formatted(hook.name()),
              "Use an https:// address."));
    }
  }

  /** The address, where it makes sense. */
  private @Nullable String address(ChannelSpec channel, SecretRef ref, List<Finding> findings) {
    String text = secret(channel, ref, findings);
    if (text != null && !isWebAddress(text)) {
      String field = channel instanceof ChannelSpec.Webhook ? "address" : "webhook";
      findings.add(
          Finding.error(
              channel.origin(),
              "Channel %s: its %s is no web address.".formatted(channel.name(), field),
              "Store the whole https:// address that the other side shows."));
      return null;
    }
    return text;
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
    keys(sns, sns.access(), findings);
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
