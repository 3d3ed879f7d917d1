package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** What S3 says of objects: its own notices, and events of the bus. */
final class S3Event implements Format {

  private static final int SEQUENCER = 18;

  @Override
  public boolean reads(Event event) {
    JsonNode body = event.body();
    return (body.path("s3").isObject() && body.path("eventName").isTextual())
        || Json.text(body, "Event").equals("s3:TestEvent")
        || AwsEvent.of(body).from("aws.s3", "Object ");
  }

  @Override
  public List<Draft> drafts(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    if (aws.is()) {
      return List.of(bus(aws));
    }
    return List.of(event.body().has("s3") ? notice(event.body()) : test(event.body()));
  }

  private static Draft notice(JsonNode body) {
    String happened = Json.text(body, "eventName");
    String plain = happened.startsWith("s3:") ? happened.substring(3) : happened;
    JsonNode bucket = Json.at(body, "s3", "bucket");
    JsonNode object = Json.at(body, "s3", "object");
    String owner = Json.text(bucket, "ownerIdentity", "principalId");
    JsonNode replication = body.path("replicationEventData");
    String name = Json.text(bucket, "name");
    String account = isAccount(owner) ? owner : "";
    return draft(new Draft("s3").event(body), plain, name, Json.text(object, "key"))
        .about(bucketArn(name), account, Json.text(body, "awsRegion"))
        .text(Json.text(replication, "failureReason"))
        .fact("reason", Json.text(replication, "failureReason"))
        .fact("destination", Json.text(replication, "destinationBucket"))
        .fact("user", Json.text(body, "userIdentity", "principalId"))
        .sequence(sequence(Json.text(object, "sequencer")))
        .time(body.path("eventTime"))
        .identity(name, theme(plain), Json.text(replication, "destinationBucket"));
  }

  private static Draft bus(AwsEvent aws) {
    JsonNode said = aws.detail();
    JsonNode object = said.path("object");
    String name = Json.text(said, "bucket", "name");
    return draft(aws.draft("s3"), aws.type(), name, Json.text(object, "key"))
        .about(bucketArn(name), aws.account(), aws.region())
        .text(Json.text(said, "deletion-type"))
        .fact("reason", Json.text(said, "reason"))
        .fact("deletion", Json.text(said, "deletion-type"))
        .fact("user", Json.text(said, "requester"))
        .sequence(sequence(Json.text(object, "sequencer")))
        .time(aws.body().path("time"))
        .identity(name, theme(aws.type()), "");
  }

  private static Draft test(JsonNode body) {
    String name = Json.text(body, "Bucket");
    return draft(new Draft("s3").event(body), "TestEvent", name, "")
        .about(bucketArn(name), "", "")
        .time(body.path("Time"))
        .identity(name, "test", "");
  }

  private static Draft draft(Draft draft, String happened, String bucket, String key) {
    return draft
        .name(happened)
        .title("S3 %s: %s".formatted(happened, bucket))
        .fact("event", happened)
        .fact("bucket", bucket)
        .fact("object", key);
  }

  private static String bucketArn(String name) {
    return name.isEmpty() ? "" : "arn:aws:s3:::" + name;
  }

  private static boolean isAccount(String owner) {
    return owner.length() == 12 && owner.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String theme(String happened) {
    String all = happened.toLowerCase(Locale.ROOT);
    if (all.contains("replication")) {
      return "replication";
    }
    return all.contains("removed") || all.contains("deleted") ? "deletion" : "other";
  }

  /** Orders events of one object: the shorter is filled up from the right, the head is empty. */
  private static long sequence(String sequencer) {
    boolean hex = sequencer.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    if (sequencer.isEmpty() || sequencer.length() > SEQUENCER || !hex) {
      return 0;
    }
    String filled = sequencer + "0".repeat(SEQUENCER - sequencer.length());
    return filled.startsWith("00") ? Long.parseLong(filled.substring(2, 17), 16) : 0;
  }
}
