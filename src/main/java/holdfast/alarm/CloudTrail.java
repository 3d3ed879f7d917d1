package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What somebody did in an account; which acts are trouble stands in the shipped rules. */
final class CloudTrail implements Format {

  /** Where the calls name what they were about. */
  private static final List<String> THINGS =
      List.of(
          "dBInstanceIdentifier",
          "dBClusterIdentifier",
          "dBSnapshotIdentifier",
          "dBClusterSnapshotIdentifier",
          "bucketName",
          "recoveryPointArn",
          "backupVaultName",
          "keyId",
          "secretId",
          "volumeId",
          "snapshotId",
          "fileSystemId",
          "tableName",
          "replicationGroupId",
          "cacheClusterId",
          "trailName",
          "name",
          "detectorId",
          "userName",
          "roleName",
          "groupId");

  @Override
  public boolean reads(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    return aws.is() && aws.type().endsWith("via CloudTrail");
  }

  @Override
  public List<Draft> drafts(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    JsonNode said = aws.detail();
    String act = Json.text(said, "eventName");
    String error = Json.first(said, "errorCode", "errorMessage");
    JsonNode user = said.path("userIdentity");
    String who = Json.first(user, "arn", "userName", "type");
    String thing = thing(said);
    String where = Json.text(said, "awsRegion");
    return List.of(
        aws.draft("cloudtrail")
            .name(act)
            .about(thing, aws.account(), where.isEmpty() ? aws.region() : where)
            .title("%s by %s".formatted(act, who))
            .text(error)
            .fact("event", act)
            .fact("service", Json.text(said, "eventSource"))
            .fact("user", who)
            .fact("user type", Json.text(user, "type"))
            .fact("address", Json.text(said, "sourceIPAddress"))
            .fact("error", error)
            .fact("result", Json.text(said, "responseElements", "ConsoleLogin"))
            .time(said.path("eventTime"))
            .time(aws.body().path("time"))
            .identity(aws.account(), act, thing, act.equals("ConsoleLogin") ? who : ""));
  }

  private static String thing(JsonNode said) {
    JsonNode asked = said.path("requestParameters");
    for (String field : THINGS) {
      String thing = Json.text(asked, field);
      if (!thing.isEmpty()) {
        return thing;
      }
    }
    JsonNode first = said.path("resources").path(0);
    return Json.first(first, "ARN", "arn");
  }
}
