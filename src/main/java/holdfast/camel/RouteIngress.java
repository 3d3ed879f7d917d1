package holdfast.camel;

import holdfast.alarm.Guard;
import holdfast.alarm.Post;
import holdfast.alarm.TurnedAway;
import holdfast.journal.RunException;
import holdfast.plan.Installation;
import holdfast.plan.SecretMissingException;
import holdfast.plan.SenderSpec;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/** Hands events to the routes of {@code routes/alarm}. */
final class RouteIngress implements Ingress {

  private static final String WEBHOOK = "direct:alarm-webhook";
  private static final String TOPIC = "direct:alarm-topic";
  private static final String OPERATOR = "direct:alarm-operator";

  private final Installation installation;
  private final Guard guard;
  private final ProducerTemplate routes;

  RouteIngress(Installation installation, Guard guard, ProducerTemplate routes) {
    this.installation = installation;
    this.guard = guard;
    this.routes = routes;
  }

  @Override
  public Optional<Set<String>> proofs(String sender) {
    return Guard.proofs(installation, sender);
  }

  @Override
  public void knock(String sender, Map<String, String> proofs) {
    try {
      guard.knock(sender, proofs);
    } catch (SecretMissingException missing) {
      throw RunException.from(missing, sender);
    }
  }

  @Override
  public Optional<String> post(Post post) {
    boolean topic = installation.senders().get(post.sender()) instanceof SenderSpec.Topic;
    return Optional.ofNullable(send(topic ? TOPIC : WEBHOOK, post));
  }

  @Override
  public String enter(Post post) {
    return String.valueOf(send(OPERATOR, post));
  }

  /** The route's last body, which is the receipt. */
  private @Nullable String send(String endpoint, Post post) {
    try {
      return routes.requestBody(endpoint, post) instanceof String receipt ? receipt : null;
    } catch (CamelExecutionException failed) {
      throw failed.getCause() instanceof TurnedAway refused
          ? refused
          : RunException.from(failed.getCause(), post.sender());
    }
  }
}
