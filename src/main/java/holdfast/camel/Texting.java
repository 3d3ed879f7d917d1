package holdfast.camel;

import holdfast.notify.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.apache.camel.spi.Registry;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * Sends text messages through SNS, one to each number. A number that is refused keeps no other from
 * being told; only when nobody was told has the attempt failed.
 */
public final class Texting {

  private static final Map<String, MessageAttributeValue> AT_ONCE =
      Map.of(
          "AWS.SNS.SMS.SMSType",
          MessageAttributeValue.builder().dataType("String").stringValue("Transactional").build());

  private final Registry registry;

  Texting(Registry registry) {
    this.registry = registry;
  }

  /** The ids that SNS gave, and how many numbers were refused. */
  public String send(@Variable("row") Map<String, Object> row, @Body Message message) {
    if (message.to().isEmpty()) {
      throw new RefusedException(
          "Nobody who is called has a telephone number in the plan.", true, false);
    }
    SnsClient client = client(String.valueOf(row.get("channel")));
    List<String> ids = new ArrayList<>();
    List<SdkException> refused = new ArrayList<>();
    for (String number : message.to().split(",")) {
      try {
        ids.add(
            client
                .publish(
                    one ->
                        one.phoneNumber(number).message(message.brief()).messageAttributes(AT_ONCE))
                .messageId());
      } catch (SdkException failed) {
        refused.add(failed);
      }
    }
    if (ids.isEmpty()) {
      throw refused.get(0);
    }
    String all = String.join(" ", ids);
    return refused.isEmpty()
        ? all
        : "%s; refused: %d, %s".formatted(all, refused.size(), Failure.sentence(refused.get(0)));
  }

  private SnsClient client(String channel) {
    SnsClient client = registry.lookupByNameAndType("sms-" + channel, SnsClient.class);
    if (client == null) {
      throw new IllegalStateException("The channel %s is not open.".formatted(channel));
    }
    return client;
  }
}
