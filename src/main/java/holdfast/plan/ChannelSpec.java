package holdfast.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way to tell people, or programs. */
public sealed interface ChannelSpec {

  /** The key under {@link Installation#channels()}. */
  String name();

  Origin origin();

  /** Whether incidents of that severity are told through it. */
  default boolean hears(Severity severity) {
    return true;
  }

  /** An incoming webhook. */
  record Slack(String name, SecretRef webhook, Origin origin) implements ChannelSpec {}

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
      Origin origin)
      implements ChannelSpec {}

  /** How a mail server is reached. */
  enum Security {
    NONE,
    STARTTLS,
    TLS
  }

  /** A topic. */
  record Sns(String name, String topicArn, AwsAccess access, Origin origin)
      implements ChannelSpec {}

  /** An event bus; every good or proven point becomes one event. */
  record EventBridge(String name, String bus, String source, AwsAccess access, Origin origin)
      implements ChannelSpec {}
}
