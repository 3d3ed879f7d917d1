package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Events of the Database Migration Service: of its tasks and of its servers. */
final class DmsEvent implements Format {

  @Override
  public boolean reads(Event event) {
    JsonNode body = event.body();
    return AwsEvent.of(body).from("aws.dms", "DMS ")
        || (body.has("Event Message") && Json.text(body, "Event ID").contains("DMS-EVENT-"));
  }

  @Override
  public List<Draft> drafts(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    return List.of(aws.is() ? bus(aws) : topic(event));
  }

  private static Draft bus(AwsEvent aws) {
    String message = aws.detail("detailMessage");
    return aws.draft("dms-event")
        .name(aws.detail("eventId"))
        .title("DMS %s: %s".formatted(Arn.of(aws.resource()).resource(), message))
        .text(message)
        .fact("id", aws.detail("eventId"))
        .fact("category", aws.detail("category"))
        .fact("event", aws.detail("eventType"))
        .link(aws.detail("resourceLink"))
        .time(aws.body().path("time"))
        .identity(aws.account(), aws.region(), aws.resource());
  }

  private static Draft topic(Event event) {
    JsonNode body = event.body();
    Arn topic = Arn.of(event.envelope().topic());
    String source = Json.first(body, "SourceId", "Source ID");
    String message = Json.text(body, "Event Message");
    String id = Ids.last(Json.text(body, "Event ID"));
    return new Draft("dms-event")
        .event(body)
        .name(id)
        .about(source, topic.account(), topic.region())
        .title("DMS %s: %s".formatted(source, message))
        .text(message)
        .fact("id", id)
        .fact("source type", Json.text(body, "Event Source"))
        .link(Json.text(body, "Identifier Link"))
        .time(body.path("Event Time"))
        .identity(topic.account(), topic.region(), source);
  }
}
