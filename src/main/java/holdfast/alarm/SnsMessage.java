package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a topic delivers in no format that we know; rules may still know it by its words. */
final class SnsMessage implements Format {

  @Override
  public boolean reads(Event event) {
    return !event.envelope().topic().isEmpty();
  }

  @Override
  public List<Draft> drafts(Event event) {
    JsonNode body = event.body();
    String topic = event.envelope().topic();
    String subject = event.envelope().subject();
    String text = body.isMissingNode() ? event.text() : body.toString();
    if (OwnMessage.bearsMark(event)) {
      return OwnMessage.cameBack(event);
    }
    return List.of(
        new Draft("sns-message")
            .event(body)
            .name(subject)
            .about(topic, "", "")
            .title(subject.isBlank() ? "A message of topic " + topic : subject)
            .text(text)
            .identity(topic, subject));
  }
}
