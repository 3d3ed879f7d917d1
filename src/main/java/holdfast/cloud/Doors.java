package holdfast.cloud;

import holdfast.plan.AwsAlarms;
import holdfast.plan.Installation;
import holdfast.plan.SenderSpec;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where topics post to us: below the address of the pages, and only where that one is HTTPS. Pure.
 */
final class Doors {

  private Doors() {}

  /** The address at which each sender's topics post, by what is to be put in place for it. */
  static Map<Place, String> of(Installation installation) {
    Map<Place, String> doors = new LinkedHashMap<>();
    URI pages = installation.address();
    if (pages != null && pages.getScheme().equals("https")) {
      installation.senders().values().stream()
          .filter(SenderSpec.Topic.class::isInstance)
          .map(SenderSpec.Topic.class::cast)
          .forEach(sender -> doors.put(place(sender), pages + "/in/" + sender.name()));
    }
    return doors;
  }

  private static Place place(SenderSpec.Topic sender) {
    List<String> topics = sender.topicArns();
    AwsAlarms spec =
        new AwsAlarms(sender.access(), "", topics, List.of(), List.of(), sender.origin());
    return Place.unknown("sender " + sender.name(), spec).at(topics.get(0));
  }
}
