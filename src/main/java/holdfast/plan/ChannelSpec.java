package holdfast.plan;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A way to tell people, or programs. */
public sealed interface ChannelSpec {

  /** The key under {@link Installation#channels()}. */
  String name();

  /** What it hears of, and who hears it where this channel fails. */
  Reach reach();

  Origin origin();

  /** Whether incidents of that severity are told through it. */
  default boolean hears(Severity severity) {
    return reach().severities().contains(severity);
  }

  /** Whether it shows the state of each incident by itself until it is told of the end. */
  default boolean mirrors() {
    return this instanceof PagerDuty || this instanceof StatusPage;
  }

  /** Whether people are called by it: not by a page for customers, nor by a bus for programs. */
  default boolean wakes() {
    return !(this instanceof StatusPage || this instanceof EventBridge);
  }

  /**
   * What a channel hears of.
   *
   * @param fallback the channel that is told what this one does not take; absent for none
   */
  record Reach(Set<Severity> severities, @Nullable String fallback) {}

  /** An incoming webhook. */
  record Slack(String name, SecretRef webhook, Reach reach, Origin origin) implements ChannelSpec {}

  /**
   * An app of Slack's, which answers in threads and shows a button.
   *
   * @param channel the channel's id or name there
   * @param signingSecret what its callbacks are signed with; absent, no button is shown
   * @param endpoint another server than Slack's
   */
  record SlackApp(
      String name,
      SecretRef token,
      String channel,
      @Nullable SecretRef signingSecret,
      @Nullable URI endpoint,
      Reach reach,
      Origin origin)
      implements ChannelSpec {}

  /** A mail server and its readers. */
  record Email(
      String name,
      String host,
      int port,
      Security security,
      @Nullable String user,
      @Nullable SecretRef password,
      String from,
      List<String> to,
      Reach reach,
      Origin origin)
      implements ChannelSpec {}

  /** How a mail server is reached. */
  enum Security {
    NONE,
    STARTTLS,
    TLS
  }

  /** A topic. */
  record Sns(String name, String topicArn, AwsAccess access, Reach reach, Origin origin)
      implements ChannelSpec {}

  /** An event bus; every good or proven point becomes one event. */
  record EventBridge(
      String name, String bus, String source, AwsAccess access, Reach reach, Origin origin)
      implements ChannelSpec {}

  /**
   * Text messages to telephones.
   *
   * @param to numbers such as {@code +4915112345678}, told beside the contacts that are called
   */
  record Sms(String name, List<String> to, AwsAccess access, Reach reach, Origin origin)
      implements ChannelSpec {}

  /** A service of PagerDuty's. */
  record PagerDuty(
      String name, SecretRef routingKey, @Nullable URI endpoint, Reach reach, Origin origin)
      implements ChannelSpec {}

  /** A workflow's webhook, which posts cards into a channel of Teams. */
  record Teams(String name, SecretRef webhook, Reach reach, Origin origin) implements ChannelSpec {}

  /**
   * Any program that takes JSON.
   *
   * @param secret what each request is signed with
   * @param hosts the only ones that the address may be on
   * @param allowPrivate whether the host may be in a private network
   */
  record Webhook(
      String name,
      SecretRef address,
      SecretRef secret,
      List<String> hosts,
      boolean allowPrivate,
      Reach reach,
      Origin origin)
      implements ChannelSpec {}

  /** A page where customers see what is the matter. */
  record StatusPage(
      String name, String page, SecretRef token, @Nullable URI endpoint, Reach reach, Origin origin)
      implements ChannelSpec {}
}
