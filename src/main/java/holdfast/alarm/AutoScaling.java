package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** What an Auto Scaling group did, or could not do: as an event, or through a topic. */
final class AutoScaling implements Format {

  @Override
  public boolean reads(Event event) {
    return AwsEvent.of(event).from("aws.autoscaling", "EC2 ")
        || Json.text(event.body(), "Event").startsWith("autoscaling:");
  }

  @Override
  public List<Draft> drafts(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    if (aws.is()) {
      Draft draft = aws.draft("autoscaling").time(aws.body().path("time"));
      return List.of(said(draft, aws.detail(), aws.type(), aws.resource()));
    }
    JsonNode body = event.body();
    Arn topic = Arn.of(event.envelope().topic());
    Draft draft =
        new Draft("autoscaling")
            .event(body)
            .about(
                Json.first(body, "AutoScalingGroupARN", "AutoScalingGroupName"),
                Json.text(body, "AccountId"),
                topic.region());
    return List.of(
        said(draft, body, Json.text(body, "Event"), draft.resource).time(body.path("Time")));
  }

  private static Draft said(Draft draft, JsonNode said, String happened, String resource) {
    String group = Json.text(said, "AutoScalingGroupName");
    String all = happened.toLowerCase(Locale.ROOT);
    return draft
        .name(happened)
        .about(resource, draft.account, draft.region)
        .title("Auto Scaling group %s: %s".formatted(group, happened))
        .text(Json.first(said, "StatusMessage", "Cause", "Description"))
        .fact("event", happened)
        .fact("group", group)
        .fact("status", Json.text(said, "StatusCode"))
        .fact("instance", Json.text(said, "EC2InstanceId"))
        .fact("zone", Json.text(said, "Details", "Availability Zone"))
        .time(said.path("EndTime"))
        .identity(draft.account, draft.region, group, all.contains("launch") ? "launch" : "end");
  }
}
