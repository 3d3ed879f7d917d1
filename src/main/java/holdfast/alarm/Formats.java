package holdfast.alarm;

import holdfast.plan.Plans;
import java.util.List;

/** The formats that are read, in the order in which they are asked. */
final class Formats {

  private final List<Format> all;

  Formats(Plans plans) {
    all =
        List.of(
            new OwnMessage(plans),
            new SnsHandshake(),
            new CloudWatchAlarm(),
            new OtherAwsEvent(),
            new SnsMessage());
  }

  /** What an event says; empty where no format knows it. */
  List<Draft> drafts(Event event) {
    return all.stream()
        .filter(format -> format.reads(event))
        .findFirst()
        .map(format -> format.drafts(event))
        .orElse(List.of());
  }
}
