package holdfast.camel;

import holdfast.alarm.Guard;
import holdfast.alarm.Post;
import holdfast.alarm.TurnedAway;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.Installation;
import holdfast.plan.SecretMissingException;
import holdfast.plan.SenderSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to the routes of {@code routes/alarm}. The web server answers a moment before they
 * are open: events that come in between wait for them.
 */
final class RouteIngress implements Ingress {

  private static final String WEBHOOK = "alarm-webhook";
  private static final String TOPIC = "alarm-topic";
  private static final String OPERATOR = "alarm-operator";

  /** The routes that events are handed to. */
  static final Set<String> WAYS_IN = Set.of(WEBHOOK, TOPIC, OPERATOR);

  private static final Duration START = Duration.ofSeconds(20);

  private final Installation installation;
  private final Guard guard;
  private final Predicate<Duration> opened;
  private final ProducerTemplate routes;
  private final Receipts receipts;

  RouteIngress(
      Installation installation,
      Guard guard,
      Predicate<Duration> opened,
      ProducerTemplate routes,
      Receipts receipts) {
    this.installation = installation;
    this.guard = guard;
    this.opened = opened;
    this.routes = routes;
    this.receipts = receipts;
  }

  @Override
  public Optional<Set<String>> proofs(String sender) {
    return Guard.proofs(installation, sender);
  }

  @Override
  public boolean knock(String sender, Map<String, String> proofs, long announced) {
    try {
      return guard.knock(sender, proofs, announced);
    } catch (SecretMissingException missing) {
      throw RunException.from(missing, sender);
    }
  }

  @Override
  public Optional<String> post(Post post) {
    boolean topic = installation.senders().get(post.sender()) instanceof SenderSpec.Topic;
    String route = topic ? TOPIC : WEBHOOK;
    Object end = send(route, post);
    return end instanceof Subscriptions.Confirmed
        ? Optional.empty()
        : Optional.of(receipts.require(route, end));
  }

  @Override
  public String enter(Post post) {
    return receipts.require(OPERATOR, send(OPERATOR, post));
  }

  /** The route's last body, which should be the receipt. */
  private @Nullable Object send(String route, Post post) {
    if (!opened.test(START)) {
      throw new RunException(
          Code.UNREACHABLE, post.sender(), true, "The routes are not open yet: send it again.");
    }
    try {
      return routes.requestBody("direct:" + route, post);
    } catch (CamelExecutionException failed) {
      throw failed.getCause() instanceof TurnedAway refused
          ? refused
          : RunException.from(failed.getCause(), post.sender());
    }
  }
}
