package holdfast.plan;

import java.util.List;
import java.util.Locale;

/** Who may send events, by which way, and how it proves itself. */
public sealed interface SenderSpec {

  /** The key under {@link Installation#senders()}. */
  String name();

  Origin origin();

  /** A queue that we read; the account's own rules say who may write to it. */
  record Queue(String name, String queueArn, AwsAccess access, Origin origin)
      implements SenderSpec {}

  /**
   * Topics that post to us over HTTPS, each message signed.
   *
   * @param topicArns the only topics whose messages are taken
   * @param perMinute more events than this within a minute are turned away for a while
   */
  record Topic(String name, List<String> topicArns, AwsAccess access, int perMinute, Origin origin)
      implements SenderSpec {}

  /**
   * A program that posts to us.
   *
   * @param perMinute more events than this within a minute are turned away for a while
   * @param mapping where events of a generic sender keep what an alarm needs
   */
  record Webhook(
      String name,
      Format format,
      Credential credential,
      int perMinute,
      EventMapping mapping,
      Origin origin)
      implements SenderSpec {}

  /** How a webhook's events are written. */
  enum Format {
    ALERTMANAGER,
    GRAFANA,
    MONGODB_ATLAS,
    PAGERDUTY,
    GENERIC;

    /** As operators write it. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What a webhook shows with each event. */
  sealed interface Credential {

    /** What the proof is made with. */
    SecretRef secret();
  }

  /** The secret itself, as a bearer token or as the password of basic authentication. */
  record Token(SecretRef secret) implements Credential {}

  /**
   * A keyed hash of the body, in a header.
   *
   * @param prefix what stands before the hash; a header may hold several, parted by commas
   */
  record Signature(
      SecretRef secret, String header, Algorithm algorithm, Encoding encoding, String prefix)
      implements Credential {}

  /** HMAC over this hash. */
  enum Algorithm {
    SHA1,
    SHA256,
    SHA512
  }

  /** How the hash is written. */
  enum Encoding {
    HEX,
    BASE64
  }
}
