package holdfast.camel;

import holdfast.plan.ChannelSpec;
import holdfast.plan.SecretMissingException;
import holdfast.plan.SecretRef;
import holdfast.plan.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where channels that take JSON are, and what they know us by; read once when a channel opens. */
final class Targets {

  /**
   * @param address the whole of it
   * @param secret what the request is signed or let in with; empty for none
   * @param subject what the request is about there: a channel of Slack's
   * @param signed whether what comes back is signed, so that a button may be shown
   */
  record Target(String address, String secret, String subject, boolean signed) {

    @Override
    public String toString() {
      return "(target)";
    }
  }

  private final Map<String, Target> targets = new ConcurrentHashMap<>();
  private final Secrets secrets;

  Targets(Secrets secrets) {
    this.secrets = secrets;
  }

  Target of(String channel) {
    Target target = targets.get(channel);
    if (target == null) {
      throw new IllegalStateException("The channel %s is not open.".formatted(channel));
    }
    return target;
  }

  /**
   * Reads where a channel is.
   *
   * @throws holdfast.plan.SecretMissingException when a secret cannot be read, or cannot be used as
   *     an address
   */
  void open(ChannelSpec channel) {
    if (!targets.containsKey(channel.name())) {
      targets.put(channel.name(), target(channel));
    }
  }

  private Target target(ChannelSpec channel) {
    if (channel instanceof ChannelSpec.SlackApp app) {
      String address = at(app.endpoint(), "https://slack.com") + "/api/chat.postMessage";
      return new Target(address, read(app.token()), app.channel(), app.signingSecret() != null);
    }
    if (channel instanceof ChannelSpec.PagerDuty service) {
      String address = at(service.endpoint(), "https://events.pagerduty.com") + "/v2/enqueue";
      return new Target(address, read(service.routingKey()), "", false);
    }
    if (channel instanceof ChannelSpec.Teams teams) {
      return new Target(read(teams.webhook()), "", "", false);
    }
    if (channel instanceof ChannelSpec.Webhook hook) {
      return hook(hook);
    }
    ChannelSpec.StatusPage page = (ChannelSpec.StatusPage) channel;
    String address =
        "%s/v1/pages/%s/incidents"
            .formatted(at(page.endpoint(), "https://api.statuspage.io"), page.page());
    return new Target(address, read(page.token()), "", false);
  }

  private Target hook(ChannelSpec.Webhook hook) {
    String address = read(hook.address());
    if (!hook.hosts().contains(host(address))) {
      throw new SecretMissingException("Its address is on no host that the plan allows.");
    }
    return new Target(address, read(hook.secret()), "", false);
  }

  /** Empty for none; what a parser says of an address would show it. */
  private static String host(String address) {
    try {
      return String.valueOf(new URI(address).getHost()).toLowerCase(Locale.ROOT);
    } catch (URISyntaxException noAddress) {
      return "";
    }
  }

  private static String at(@Nullable URI endpoint, String usual) {
    return endpoint == null ? usual : endpoint.toString();
  }

  private String read(SecretRef ref) {
    return secrets.read(ref).reveal().strip();
  }
}
