package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.alarm.Alarm.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Events of AWS Health: sent by its bus, or as its API answers. */
final class HealthEvent implements Format {

  @Override
  public boolean reads(Event event) {
    JsonNode body = event.body();
    return AwsEvent.of(body).from("aws.health", "AWS Health")
        || body.path("successfulSet").path(0).path("event").has("eventTypeCode");
  }

  @Override
  public List<Draft> drafts(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    if (aws.is()) {
      return List.of(bus(aws, event.envelope()));
    }
    List<Draft> drafts = new ArrayList<>();
    event.body().path("successfulSet").forEach(item -> drafts.add(api(item, event.envelope())));
    return drafts;
  }

  private static Draft bus(AwsEvent aws, Envelope envelope) {
    JsonNode said = aws.detail();
    String thing = Json.text(said.path("affectedEntities").path(0), "entityValue");
    String owner = Json.first(said, "affectedAccount");
    return draft(aws.draft("aws-health"), said, "eventArn", envelope)
        .about(
            thing.isEmpty() ? aws.resource() : thing,
            owner.isEmpty() ? aws.account() : owner,
            where(said, aws.region()))
        .text(Json.text(said.path("eventDescription").path(0), "latestDescription"))
        .fact("affected", Integer.toString(said.path("affectedEntities").size()))
        .time(said.path("lastUpdatedTime"))
        .time(aws.body().path("time"));
  }

  private static Draft api(JsonNode item, Envelope envelope) {
    JsonNode said = item.path("event");
    return draft(new Draft("aws-health").event(item), said, "arn", envelope)
        .about("", "", Json.text(said, "region"))
        .text(Json.text(item, "eventDescription", "latestDescription"))
        .fact("affected", "0")
        .time(said.path("lastUpdatedTime"));
  }

  /** An issue of a region may be told through another one. */
  private static String where(JsonNode said, String region) {
    String named = Json.text(said, "eventRegion");
    return named.isEmpty() ? region : named;
  }

  private static Draft draft(Draft draft, JsonNode said, String arn, Envelope envelope) {
    String code = Json.text(said, "eventTypeCode");
    String category = Json.text(said, "eventTypeCategory");
    boolean over = isOver(said, envelope);
    return draft
        .name(code)
        .state(
            !category.equals("issue") ? State.INFORMATIONAL : over ? State.CLEARED : State.FIRING)
        .time(over ? said.path("endTime") : said.path("startTime"))
        .title("AWS Health: " + code)
        .fact("service", Json.text(said, "service"))
        .fact("category", category)
        .fact("status", Json.text(said, "statusCode"))
        .fact("scope", Json.text(said, "eventScopeCode"))
        .identity(Json.text(said, arn));
  }

  /** Closed, or past its end: AWS often leaves a recovered issue open for a while. */
  private static boolean isOver(JsonNode said, Envelope envelope) {
    Instant now = envelope.receivedAt();
    String status = Json.text(said, "statusCode");
    boolean ended = Times.moment(said.path("endTime")).filter(end -> !end.isAfter(now)).isPresent();
    return status.equals("closed") || ended;
  }
}
