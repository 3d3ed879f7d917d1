package holdfast.alarm;

import holdfast.alarm.Counts.Outcome;
import holdfast.alarm.TurnedAway.Why;
import holdfast.plan.Installation;
import holdfast.plan.SenderSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way in. Whatever comes from outside is a claim until its sender has proven itself; past
 * this it is a value of ours with nothing of the request but the body.
 */
public final class Guard {

  /** The sender of what an operator hands in without naming one. */
  public static final String OPERATOR = "operator";

  private static final int DELIVERY_MAX = 200;

  private final Installation installation;
  private final Credentials credentials;
  private final Topics topics;
  private final Quarantine quarantine;
  private final Counts counts;
  private final RateLimit limit;
  private final Inbox inbox;

  Guard(
      Installation installation,
      Credentials credentials,
      Topics topics,
      Quarantine quarantine,
      Counts counts,
      RateLimit limit,
      Inbox inbox) {
    this.installation = installation;
    this.credentials = credentials;
    this.topics = topics;
    this.quarantine = quarantine;
    this.counts = counts;
    this.limit = limit;
    this.inbox = inbox;
  }

  /**
   * The headers, in lower case, that a post of {@code sender} is proven by; empty: none may post.
   */
  public static Optional<Set<String>> proofs(Installation installation, String sender) {
    SenderSpec spec = installation.senders().get(sender);
    if (spec instanceof SenderSpec.Webhook webhook) {
      return Optional.of(Credentials.headers(webhook));
    }
    return spec instanceof SenderSpec.Topic ? Optional.of(Set.of()) : Optional.empty();
  }

  /**
   * Returns unless it is plain without the body that {@code sender} is not proven: nobody without a
   * token or a signature needs to be listened to.
   *
   * @param announced how long the body says it is, in bytes; -1 where it does not say
   * @return whether the sender is proven by now; otherwise the body must show it
   * @throws TurnedAway when the token is missing or wrong, the signature missing, or the body too
   *     large
   */
  public boolean knock(String sender, Map<String, String> proofs, long announced) {
    SenderSpec spec = installation.senders().get(sender);
    Post post = new Post(sender, new byte[0], proofs);
    String format = spec instanceof SenderSpec.Webhook hook ? hook.format().words() : "sns";
    return guarded(
        post,
        format,
        () -> {
          if (announced > Post.TOPIC_MAX) {
            throw tooLarge(Post.TOPIC_MAX);
          }
          if (!(spec instanceof SenderSpec.Webhook webhook)) {
            return false;
          }
          boolean token = webhook.credential() instanceof SenderSpec.Token;
          if (token || proofs.isEmpty()) {
            credentials.require(webhook, post);
          }
          return token;
        });
  }

  /**
   * What a program posted, proven.
   *
   * @throws TurnedAway when it is not, or cannot be read as text, or comes too often
   */
  public Inbound webhook(Post post) {
    if (!(installation.senders().get(post.sender()) instanceof SenderSpec.Webhook sender)) {
      throw new TurnedAway(Why.UNKNOWN, "Nobody of this name may post events here.");
    }
    String format = sender.format().words();
    return guarded(
        post,
        format,
        () -> {
          size(post, Post.BODY_MAX);
          credentials.require(sender, post);
          pass(sender.name(), sender.perMinute());
          return new Inbound(sender.name(), format, null, null, Map.of(), text(post));
        });
  }

  /**
   * What a topic posted, its signature checked.
   *
   * @throws TurnedAway when it is forged, stale, of another topic, or comes too often
   */
  public TopicMessage topic(Post post) {
    if (!(installation.senders().get(post.sender()) instanceof SenderSpec.Topic sender)) {
      throw new TurnedAway(Why.UNKNOWN, "Nobody of this name may post events here.");
    }
    return guarded(
        post,
        "sns",
        () -> {
          size(post, Post.TOPIC_MAX);
          TopicMessage message = topics.read(sender, text(post));
          pass(sender.name(), sender.perMinute());
          return message;
        });
  }

  /**
   * What an operator handed in, as if {@code post}'s sender had sent it.
   *
   * @throws TurnedAway when it cannot be read as text
   */
  public Inbound operator(Post post) {
    SenderSpec spec = installation.senders().get(post.sender());
    if (spec == null && !post.sender().equals(OPERATOR)) {
      throw new TurnedAway(
          Why.UNKNOWN,
          "There is no sender of this name; the plan declares %s."
              .formatted(installation.senders().keySet()));
    }
    size(post, Post.BODY_MAX);
    String format =
        spec instanceof SenderSpec.Webhook webhook ? webhook.format().words() : Inbound.AUTO;
    return new Inbound(post.sender(), format, null, null, Map.of(), text(post));
  }

  /**
   * What a queue held; who may write there is the queue's own business.
   *
   * @param trouble told of an event that can never be accepted
   * @return empty when the event can never be accepted: it is in quarantine then, and may be taken
   *     off the queue
   */
  public Optional<Inbound> queue(
      String sender,
      String messageId,
      @Nullable Instant sentAt,
      @Nullable String body,
      Consumer<Alarm> trouble) {
    String delivery = messageId.length() > DELIVERY_MAX ? null : messageId;
    String text = body == null ? "" : body;
    String fault =
        Bodies.tooLarge(text) ? tooLarge(Post.BODY_MAX).getMessage() : Bodies.fault(text);
    if (fault == null) {
      return Optional.of(new Inbound(sender, Inbound.AUTO, delivery, sentAt, Map.of(), text));
    }
    counts.count(sender, Outcome.MALFORMED);
    Arrival kept = inbox.setAside(sender, Inbound.AUTO, delivery, Bodies.excerpt(text), fault);
    trouble.accept(IntakeAlarms.quarantined(kept, fault, kept.receivedAt()));
    return Optional.empty();
  }

  private static void size(Post post, int most) {
    if (post.body().length > most) {
      throw tooLarge(most);
    }
  }

  private static TurnedAway tooLarge(int most) {
    return new TurnedAway(Why.TOO_LARGE, "The event is larger than %d bytes.".formatted(most));
  }

  private static String text(Post post) {
    String text =
        Bodies.text(post.body())
            .orElseThrow(() -> new TurnedAway(Why.MALFORMED, "The event is not UTF-8 text."));
    String fault = Bodies.fault(text);
    if (fault != null) {
      throw new TurnedAway(Why.MALFORMED, fault);
    }
    return text;
  }

  private void pass(String sender, int perMinute) {
    Duration wait = limit.charge(sender, perMinute);
    if (!wait.isZero()) {
      throw new TurnedAway(
          Why.TOO_MANY,
          "More than %d events came within a minute: send again later.".formatted(perMinute),
          wait);
    }
  }

  private <T> T guarded(Post post, String format, Supplier<T> check) {
    try {
      return check.get();
    } catch (TurnedAway refused) {
      String sentence = String.valueOf(refused.getMessage());
      switch (refused.why()) {
        case UNPROVEN, FORGED, MALFORMED, TOO_LARGE ->
            quarantine.note(
                post.sender(),
                format,
                refused.why() == Why.MALFORMED,
                Bodies.excerpt(post.body()),
                sentence);
        default -> {}
      }
      if (refused.why() != Why.UNKNOWN) {
        counts.count(post.sender(), Outcome.valueOf(refused.why().name()));
      }
      throw refused;
    }
  }
}
