package holdfast.camel;

import holdfast.alarm.TopicMessage;
import holdfast.journal.Audit;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.AwsAccess;
import holdfast.plan.Installation;
import holdfast.plan.SenderSpec;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Body;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * Confirms that a topic may send to us, by Amazon's own interface and the token; the address in the
 * message is never asked.
 */
public final class Subscriptions {

  /** That a subscription is confirmed: then there is no event to keep. */
  public record Confirmed(String topicArn) {}

  private final Installation installation;
  private final Function<AwsAccess, SnsClient> clients;
  private final Audit audit;

  Subscriptions(Installation installation, Function<AwsAccess, SnsClient> clients, Audit audit) {
    this.installation = installation;
    this.clients = clients;
    this.audit = audit;
  }

  /**
   * Confirms the subscription of a topic that the plan lists.
   *
   * @throws RunException UNREACHABLE when Amazon does not; the topic asks again
   */
  public Confirmed confirm(@Body TopicMessage message) {
    SenderSpec.Topic sender = (SenderSpec.Topic) installation.senders().get(message.sender());
    try (SnsClient client = clients.apply(sender.access())) {
      client.confirmSubscription(
          request -> request.topicArn(message.topicArn()).token(message.token()));
    } catch (SdkException refused) {
      throw new RunException(
          Code.UNREACHABLE,
          message.sender(),
          true,
          "The subscription of %s could not be confirmed: %s."
              .formatted(message.topicArn(), Failure.sentence(refused)),
          refused);
    }
    audit.append(
        "holdfast",
        "subscription.confirmed",
        message.sender(),
        Map.of("topic", message.topicArn()));
    return new Confirmed(message.topicArn());
  }
}
