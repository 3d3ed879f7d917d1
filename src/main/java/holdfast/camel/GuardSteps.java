package holdfast.camel;

import holdfast.alarm.Alarm;
import holdfast.alarm.Guard;
import holdfast.alarm.Inbound;
import holdfast.alarm.Post;
import holdfast.alarm.TopicMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** The guard, as routes ask it. */
public final class GuardSteps {

  private final Guard guard;
  private final Consumer<List<Alarm>> incidents;

  GuardSteps(Guard guard, Consumer<List<Alarm>> incidents) {
    this.guard = guard;
    this.incidents = incidents;
  }

  /** What a program posted, proven. */
  public Inbound webhook(@Body Post post) {
    return guard.webhook(post);
  }

  /** What a topic posted, proven. */
  public TopicMessage topic(@Body Post post) {
    return guard.topic(post);
  }

  /** What an operator handed in. */
  public Inbound operator(@Body Post post) {
    return guard.operator(post);
  }

  /** What a queue held; null when it is in quarantine, and told of, by now. */
  public @Nullable Inbound queue(
      @Variable("sender") String sender,
      @Header("CamelAwsSqsMessageId") String messageId,
      @Header("SentTimestamp") @Nullable Long sent,
      @Body @Nullable String body,
      Exchange exchange) {
    Instant sentAt = sent == null ? null : Instant.ofEpochMilli(sent);
    Optional<Inbound> event =
        guard.queue(sender, messageId, sentAt, body, alarm -> incidents.accept(List.of(alarm)));
    if (event.isEmpty()) {
      exchange.setProperty(KeptOnly.SET_ASIDE, true);
    }
    return event.orElse(null);
  }
}
