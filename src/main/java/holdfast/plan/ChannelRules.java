package holdfast.plan;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What must hold within and between well-formed channels. */
final class ChannelRules {

  private final Map<String, Section> channels;
  private final Section all;
  private final InstallationRules rules;

  ChannelRules(Section all, InstallationRules rules) {
    this.all = all;
    this.channels = all.named("channels", channel -> channel);
    this.rules = rules;
  }

  void check() {
    for (Section channel : channels.values()) {
      rules.pair(channel, "access-key", "secret-key");
      switch (channel.text("kind")) {
        case "slack" -> slack(channel);
        case "email" -> mail(channel);
        case "sns" -> topic(channel);
        default -> {}
      }
      fallback(channel);
    }
  }

  private void slack(Section at) {
    if (at.has("webhook") == at.has("token")) {
      rules.error(
          at.origin(),
          at.has("token")
              ? at.place() + " has both a webhook and a token."
              : at.place() + " has neither a webhook nor a token.",
          "Write webhook for an incoming webhook, or token and channel for an app of yours.");
    } else if (at.has("webhook")) {
      for (String field : new String[] {"channel", "signing-secret", "endpoint"}) {
        if (at.has(field)) {
          rules.error(
              at.origin(field),
              "%s has %s, which an incoming webhook does not use.".formatted(at.place(), field),
              "Remove it, or write token instead of webhook.");
        }
      }
    } else {
      rules.pair(at, "token", "channel");
    }
  }

  private void mail(Section at) {
    rules.pair(at, "user", "password");
    if (at.has("password") && at.text("security").equals("none")) {
      rules.error(
          at.origin("security"),
          at.place() + " would send its password unprotected.",
          "Write security: starttls or tls, or remove user and password.");
    }
  }

  private void topic(Section at) {
    String region = at.text("topic").split(":")[3];
    if (!region.equals(at.text("region"))) {
      rules.error(
          at.origin("region"),
          "%s names a topic in %s but the region %s."
              .formatted(at.place(), region, at.text("region")),
          "Write region: %s.".formatted(region));
    }
  }

  private void fallback(Section at) {
    if (!at.has("fallback")) {
      return;
    }
    String name = at.text("fallback");
    Collection<String> known = all.named("channels", Section::key).keySet();
    if (!known.contains(name)) {
      rules.error(
          at.origin("fallback"),
          "%s.fallback names '%s', which is no channel.".formatted(at.place(), Echo.of(name)),
          Nearest.fix(name, known, "Declare it under channels."));
    } else if (comesBack(at)) {
      rules.error(
          at.origin("fallback"),
          "%s is, in the end, its own fallback.".formatted(at.place()),
          "Let one channel of the chain have no fallback.");
    }
  }

  private boolean comesBack(Section at) {
    Set<String> seen = new HashSet<>();
    Section next = at;
    while (next != null && next.has("fallback") && seen.add(next.key())) {
      next = channels.get(next.text("fallback"));
      if (next != null && next.key().equals(at.key())) {
        return true;
      }
    }
    return false;
  }
}
