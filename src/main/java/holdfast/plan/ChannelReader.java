package holdfast.plan;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads well-formed channels. */
final class ChannelReader {

  private ChannelReader() {}

  static ChannelSpec read(Section at) {
    return switch (at.text("kind")) {
      case "slack" -> slack(at);
      case "email" -> email(at);
      case "sns" ->
          new ChannelSpec.Sns(
              at.key(), at.text("topic"), InstallationReader.access(at), reach(at), at.origin());
      case "sms" ->
          new ChannelSpec.Sms(
              at.key(), at.texts("to"), InstallationReader.access(at), reach(at), at.origin());
      case "pagerduty" ->
          new ChannelSpec.PagerDuty(
              at.key(), secret(at, "routing-key"), endpoint(at), reach(at), at.origin());
      case "teams" ->
          new ChannelSpec.Teams(at.key(), secret(at, "webhook"), reach(at), at.origin());
      case "webhook" -> webhook(at);
      case "status-page" -> statusPage(at);
      default -> eventBridge(at);
    };
  }

  private static ChannelSpec slack(Section at) {
    return at.has("webhook")
        ? new ChannelSpec.Slack(at.key(), secret(at, "webhook"), reach(at), at.origin())
        : new ChannelSpec.SlackApp(
            at.key(),
            secret(at, "token"),
            at.text("channel"),
            at.secretOrNull("signing-secret"),
            endpoint(at),
            reach(at),
            at.origin());
  }

  private static ChannelSpec email(Section at) {
    ChannelSpec.Security security = at.choice("security", Defaults.MAIL_SECURITY);
    return new ChannelSpec.Email(
        at.key(),
        at.text("host"),
        at.number("port", Defaults.mailPort(security)),
        security,
        at.textOrNull("user"),
        at.secretOrNull("password"),
        at.text("from"),
        at.texts("to"),
        reach(at),
        at.origin());
  }

  private static ChannelSpec webhook(Section at) {
    return new ChannelSpec.Webhook(
        at.key(),
        secret(at, "address"),
        secret(at, "secret"),
        at.texts("hosts").stream().map(host -> host.toLowerCase(Locale.ROOT)).toList(),
        at.flag("allow-private", false),
        reach(at),
        at.origin());
  }

  private static ChannelSpec statusPage(Section at) {
    return new ChannelSpec.StatusPage(
        at.key(), at.text("page"), secret(at, "token"), endpoint(at), reach(at), at.origin());
  }

  private static ChannelSpec eventBridge(Section at) {
    return new ChannelSpec.EventBridge(
        at.key(),
        at.text("bus", Defaults.EVENT_BUS),
        at.text("source", Defaults.EVENT_SOURCE),
        InstallationReader.access(at),
        reach(at),
        at.origin());
  }

  private static ChannelSpec.Reach reach(Section at) {
    List<Severity> written =
        at.texts("severities").stream()
            .map(name -> Severity.valueOf(name.toUpperCase(Locale.ROOT)))
            .toList();
    Set<Severity> severities =
        written.isEmpty() ? Defaults.severities(at.text("kind")) : EnumSet.copyOf(written);
    return new ChannelSpec.Reach(Set.copyOf(severities), at.textOrNull("fallback"));
  }

  private static @Nullable URI endpoint(Section at) {
    String text = at.textOrNull("endpoint");
    return text == null ? null : URI.create(text.replaceFirst("/$", ""));
  }

  private static SecretRef secret(Section at, String field) {
    return InstallationReader.secret(at, field);
  }
}
