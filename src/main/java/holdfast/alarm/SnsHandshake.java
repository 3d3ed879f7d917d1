package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.alarm.Alarm.State;
import java.util.List;

/** A topic asks to be confirmed, or says that it will tell us nothing more. */
final class SnsHandshake implements Format {

  @Override
  public boolean reads(Event event) {
    return SnsEnvelope.isHandshake(event.body());
  }

  @Override
  public List<Draft> drafts(Event event) {
    JsonNode body = event.body();
    String type = Json.text(body, "Type");
    String topic = Json.text(body, "TopicArn");
    boolean lost = type.equals("UnsubscribeConfirmation");
    return List.of(
        new Draft("sns-subscription")
            .event(body)
            .name(type)
            .state(lost ? State.FIRING : State.INFORMATIONAL)
            .about(topic, "", "")
            .title(
                lost
                    ? "Alarms of topic " + topic + " do not reach us any more"
                    : "Topic " + topic + " asks whether we listen")
            .text(Json.text(body, "Message"))
            .fact("type", type)
            .time(body.path("Timestamp"))
            .identity(topic));
  }
}
