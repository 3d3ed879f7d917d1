package holdfast.alarm;

import java.util.List;

/** What EC2 says of its instances, volumes and snapshots. */
final class Ec2Event implements Format {

  @Override
  public boolean reads(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    return aws.is()
        && aws.source().equals("aws.ec2")
        && (aws.type().startsWith("EC2 ") || aws.type().startsWith("EBS "));
  }

  @Override
  public List<Draft> drafts(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    return List.of(aws.type().startsWith("EBS ") ? volume(aws) : instance(aws));
  }

  private static Draft instance(AwsEvent aws) {
    String state = aws.detail("state");
    return aws.draft("ec2")
        .name(state.isEmpty() ? aws.type() : state)
        .title(
            "EC2 instance %s: %s"
                .formatted(
                    aws.detail("instance-id"),
                    Json.first(aws.detail(), "state", "instance-action")))
        .fact("state", state)
        .fact("instance", aws.detail("instance-id"))
        .time(aws.body().path("time"))
        .identity(aws.account(), aws.region(), aws.detail("instance-id"));
  }

  private static Draft volume(AwsEvent aws) {
    String happened = aws.detail("event");
    String result = aws.detail("result");
    String source = aws.detail("source");
    String resource = source.isEmpty() ? aws.resource() : source;
    return aws.draft("ebs")
        .name(happened)
        .about(resource, aws.account(), aws.region())
        .title("EBS %s %s: %s".formatted(happened, result, Arn.of(resource).resource()))
        .text(aws.detail("cause"))
        .fact("event", happened)
        .fact("result", result)
        .time(aws.detail().path("endTime"))
        .time(aws.body().path("time"))
        .identity(aws.account(), aws.region(), resource, happened);
  }
}
