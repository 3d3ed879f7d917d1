package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.alarm.Alarm.State;
import java.util.List;

/** Findings and malware scans of GuardDuty. */
final class GuardDuty implements Format {

  @Override
  public boolean reads(Event event) {
    return AwsEvent.of(event).from("aws.guardduty", "GuardDuty ");
  }

  @Override
  public List<Draft> drafts(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    return List.of(aws.type().contains("Malware Protection") ? scan(aws) : finding(aws));
  }

  private static Draft finding(AwsEvent aws) {
    JsonNode said = aws.detail();
    String type = Json.text(said, "type");
    String thing = thing(said.path("resource"));
    String owner = Json.text(said, "accountId");
    boolean sample =
        Json.at(said, "service", "additionalInfo", "sample").asBoolean(false)
            || Json.text(said, "title").startsWith("[SAMPLE]");
    boolean archived = Json.at(said, "service", "archived").asBoolean(false);
    return aws.draft("guardduty")
        .name(type)
        .state(sample || archived ? State.INFORMATIONAL : State.FIRING)
        .about(
            thing.isEmpty() ? Json.text(said, "arn") : thing,
            owner.isEmpty() ? aws.account() : owner,
            aws.region())
        .title("GuardDuty: " + Json.first(said, "title", "type"))
        .text(Json.text(said, "description"))
        .fact("type", type)
        .fact("severity", Json.text(said, "severity"))
        .fact("level", level(said.path("severity").asDouble(0)))
        .fact("sample", sample ? "true" : "")
        .fact("archived", archived ? "true" : "")
        .fact("count", Json.text(said, "service", "count"))
        .sequence(Json.at(said, "service", "count").asLong(0))
        .time(Json.at(said, "service", "eventLastSeen"))
        .time(said.path("updatedAt"))
        .time(aws.body().path("time"))
        .identity(owner, aws.region(), Json.text(said, "id"), type, thing);
  }

  /** The bands of GuardDuty's own documentation. */
  private static String level(double severity) {
    if (severity >= 9) {
      return "critical";
    }
    if (severity >= 7) {
      return "high";
    }
    return severity >= 4 ? "medium" : "low";
  }

  private static String thing(JsonNode resource) {
    List<String> found =
        List.of(
            Json.text(resource, "instanceDetails", "instanceId"),
            Json.text(resource, "rdsDbInstanceDetails", "dbInstanceArn"),
            Json.text(resource.path("s3BucketDetails").path(0), "arn"),
            Json.text(resource, "eksClusterDetails", "arn"),
            Json.text(resource, "ecsClusterDetails", "arn"),
            Json.text(resource, "lambdaDetails", "functionArn"),
            Json.text(resource, "accessKeyDetails", "userName"));
    return found.stream().filter(thing -> !thing.isEmpty()).findFirst().orElse("");
  }

  private static Draft scan(AwsEvent aws) {
    JsonNode said = aws.detail();
    JsonNode object = said.path("s3ObjectDetails");
    JsonNode result = said.path("scanResultDetails");
    String bucket = Json.text(object, "bucketName");
    String status = Json.first(result, "scanResultStatus", "scanResult");
    boolean threat = status.equals("THREATS_FOUND") || status.equals("INFECTED");
    String place = bucket.isEmpty() ? aws.resource() : "arn:aws:s3:::" + bucket;
    return aws.draft("guardduty")
        .name(aws.type().replace("GuardDuty ", ""))
        .state(threat ? State.FIRING : State.INFORMATIONAL)
        .about(place, aws.account(), aws.region())
        .title("GuardDuty malware scan %s: %s".formatted(status, place))
        .text(Json.text(result.path("threats").path(0), "name"))
        .fact("level", threat ? "high" : "low")
        .fact("result", status)
        .fact("object", Json.text(object, "objectKey"))
        .time(aws.body().path("time"))
        .identity(aws.account(), aws.region(), place, Json.text(object, "objectKey"));
  }
}
