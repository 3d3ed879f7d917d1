package holdfast.plan;

import java.util.Locale;

/** Reads well-formed senders. */
final class SenderReader {

  private SenderReader() {}

  static SenderSpec read(Section at) {
    return switch (at.text("kind")) {
      case "sqs" ->
          new SenderSpec.Queue(
              at.key(), at.text("queue"), InstallationReader.access(at), at.origin());
      case "sns" ->
          new SenderSpec.Topic(
              at.key(),
              at.texts("topics"),
              InstallationReader.access(at),
              perMinute(at),
              at.origin());
      default ->
          new SenderSpec.Webhook(
              at.key(),
              format(at),
              credential(at),
              perMinute(at),
              EventMappingReader.read(at.section("mapping")),
              at.origin());
    };
  }

  private static SenderSpec.Format format(Section at) {
    return SenderSpec.Format.valueOf(at.text("kind").toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static int perMinute(Section at) {
    return at.number("per-minute", Defaults.EVENTS_PER_MINUTE);
  }

  private static SenderSpec.Credential credential(Section at) {
    return switch (at.text("kind")) {
      case "mongodb-atlas" ->
          new SenderSpec.Signature(
              InstallationReader.secret(at, "secret"),
              "X-MMS-Signature",
              SenderSpec.Algorithm.SHA1,
              SenderSpec.Encoding.BASE64,
              "");
      case "pagerduty" ->
          new SenderSpec.Signature(
              InstallationReader.secret(at, "secret"),
              "X-PagerDuty-Signature",
              SenderSpec.Algorithm.SHA256,
              SenderSpec.Encoding.HEX,
              "v1=");
      default ->
          at.has("hmac")
              ? signature(at.section("hmac"))
              : new SenderSpec.Token(InstallationReader.secret(at, "token"));
    };
  }

  private static SenderSpec.Credential signature(Section hmac) {
    return new SenderSpec.Signature(
        InstallationReader.secret(hmac, "secret"),
        hmac.text("header"),
        hmac.choice("algorithm", Defaults.SIGNATURE_ALGORITHM),
        hmac.choice("encoding", Defaults.SIGNATURE_ENCODING),
        hmac.text("prefix", ""));
  }
}
