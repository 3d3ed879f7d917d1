package holdfast.alarm;

import java.util.List;

/** Events of EventBridge that have no reader of their own; rules may still know them. */
final class OtherAwsEvent implements Format {

  @Override
  public boolean reads(Event event) {
    return AwsEvent.of(event).is();
  }

  @Override
  public List<Draft> drafts(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    return List.of(
        aws.draft("aws-event")
            .name(aws.source() + " " + aws.type())
            .fact("source", aws.source())
            .time(event.body().path("time"))
            .identity(aws.account(), aws.region(), aws.source(), aws.type(), aws.resource()));
  }
}
