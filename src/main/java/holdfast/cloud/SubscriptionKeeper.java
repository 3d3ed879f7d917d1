package holdfast.cloud;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.Subscription;

/**
 * The queue's subscriptions of topics, called by the topic. A subscription bears no tag: one of a
 * topic that the plan names is ours, and any other is somebody else's.
 */
final class SubscriptionKeeper implements Keeper {

  private final SnsClient sns;
  private final Calls calls;

  SubscriptionKeeper(SnsClient sns, Calls calls) {
    this.sns = sns;
    this.calls = calls;
  }

  @Override
  public Change.Kind kind() {
    return Change.Kind.SUBSCRIPTION;
  }

  @Override
  public List<Thing> wanted(Place place) {
    return place.spec().topicArns().stream()
        .map(topic -> new Thing(topic, fields(place.queueArn(), "false", ""), place.system()))
        .toList();
  }

  private static Map<String, String> fields(String queue, String raw, String filter) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("queue", queue);
    fields.put("raw", raw);
    fields.put("filter", filter.isEmpty() || filter.equals("{}") ? "none" : filter);
    return fields;
  }

  @Override
  public List<Thing> found(Place place) {
    return ours(place).stream().map(one -> thing(place, one)).toList();
  }

  @Override
  public Optional<Thing> find(Place place, String name) {
    return found(place).stream().filter(thing -> thing.name().equals(name)).findFirst();
  }

  private List<Subscription> ours(Place place) {
    if (!place.isKnown()) {
      return List.of();
    }
    return calls.ask(
        "sns:ListSubscriptions",
        () ->
            sns.listSubscriptionsPaginator().subscriptions().stream()
                .filter(one -> place.queueArn().equals(one.endpoint()))
                .toList());
  }

  private Thing thing(Place place, Subscription one) {
    boolean wanted = place.spec().topicArns().contains(one.topicArn());
    if (!wanted || !one.subscriptionArn().startsWith("arn:")) {
      return new Thing(
          one.topicArn(),
          fields(place.queueArn(), one.subscriptionArn(), ""),
          wanted ? place.system() : null);
    }
    Map<String, String> attributes =
        calls
            .ask(
                "sns:GetSubscriptionAttributes",
                () ->
                    sns.getSubscriptionAttributes(
                        get -> get.subscriptionArn(one.subscriptionArn())))
            .attributes();
    return new Thing(
        one.topicArn(),
        fields(
            place.queueArn(),
            attributes.getOrDefault("RawMessageDelivery", "false"),
            attributes.getOrDefault("FilterPolicy", "")),
        place.system());
  }

  @Override
  public void put(Place place, String name, boolean there) {
    if (!there) {
      calls.ask(
          "sns:Subscribe",
          () ->
              sns.subscribe(all -> all.topicArn(name).protocol("sqs").endpoint(place.queueArn())));
      return;
    }
    for (Subscription one : ours(place)) {
      if (one.topicArn().equals(name)) {
        set(one.subscriptionArn(), "RawMessageDelivery", "false");
        set(one.subscriptionArn(), "FilterPolicy", "{}");
      }
    }
  }

  private void set(String arn, String attribute, String value) {
    calls.ask(
        "sns:SetSubscriptionAttributes",
        () ->
            sns.setSubscriptionAttributes(
                set -> set.subscriptionArn(arn).attributeName(attribute).attributeValue(value)));
  }

  @Override
  public void remove(Place place, String name) {
    throw new IllegalStateException("a subscription that is not wanted is not ours");
  }
}
