package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** Events of RDS and Aurora; what each number means stands in the shipped rules. */
final class RdsEvent implements Format {

  @Override
  public boolean reads(Event event) {
    JsonNode body = event.body();
    return AwsEvent.of(body).from("aws.rds", "RDS ")
        || (body.has("Event Message") && Json.text(body, "Event ID").contains("RDS-EVENT-"));
  }

  @Override
  public List<Draft> drafts(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    return List.of(aws.is() ? bus(aws) : topic(event));
  }

  private static Draft bus(AwsEvent aws) {
    JsonNode said = aws.detail();
    String arn = Json.text(said, "SourceArn");
    return draft(
            aws.draft("rds-event")
                .about(arn.isEmpty() ? aws.resource() : arn, aws.account(), aws.region()),
            Json.text(said, "EventID"),
            Json.joined(said.path("EventCategories")),
            Json.text(said, "SourceIdentifier"),
            Json.text(said, "Message"))
        .fact("source type", Json.text(said, "SourceType"))
        .time(said.path("Date"))
        .time(aws.body().path("time"));
  }

  private static Draft topic(Event event) {
    JsonNode body = event.body();
    String arn = Json.text(body, "Source ARN");
    Arn topic = Arn.of(event.envelope().topic());
    String source = Json.text(body, "Source ID");
    return draft(
            new Draft("rds-event")
                .event(body)
                .about(arn.isEmpty() ? source : arn, topic.account(), topic.region()),
            Ids.last(Json.text(body, "Event ID")),
            Json.joined(body.path("Event Categories")),
            source,
            Json.text(body, "Event Message"))
        .fact("source type", Json.text(body, "Event Source"))
        .link(Json.text(body, "Identifier Link"))
        .time(body.path("Event Time"));
  }

  /** The names of two regions are not the same thing, so the draft must know where by now. */
  private static Draft draft(
      Draft draft, String id, String categories, String source, String message) {
    return draft
        .name(id.isEmpty() ? categories : id)
        .title("RDS %s: %s".formatted(source, message))
        .text(message)
        .fact("id", id)
        .fact("categories", categories)
        .identity(draft.account, draft.region, source, theme(categories, message));
  }

  /** What begins with one event ends with another, of another number and another category. */
  private static String theme(String categories, String message) {
    String all = (categories + " " + message).toLowerCase(Locale.ROOT);
    if (all.contains("backup") || all.contains("snapshot")) {
      return "backup";
    }
    if (all.contains("storage")) {
      return "storage";
    }
    if (all.contains("replica")) {
      return "replication";
    }
    return all.contains("deletion") ? "deletion" : "availability";
  }
}
