package holdfast.cloud;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.Subscription;

/**
 * What subscribes topics, a queue or our own address, called by the topic. A subscription bears no
 * tag: one of a topic that the plan names is ours, and any other is somebody else's. One of our
 * address stands only when the service itself has confirmed it; until then it is asked for anew.
 */
final class SubscriptionKeeper implements Keeper {

  private final SnsClient sns;
  private final Calls calls;
  private final String protocol;
  private final Function<Place, String> endpoint;

  private SubscriptionKeeper(
      SnsClient sns, Calls calls, String protocol, Function<Place, String> endpoint) {
    this.sns = sns;
    this.calls = calls;
    this.protocol = protocol;
    this.endpoint = endpoint;
  }

  static SubscriptionKeeper ofQueue(SnsClient sns, Calls calls) {
    return new SubscriptionKeeper(sns, calls, "sqs", Place::queueArn);
  }

  static SubscriptionKeeper ofAddress(SnsClient sns, Calls calls, String address) {
    return new SubscriptionKeeper(sns, calls, "https", place -> address);
  }

  @Override
  public Change.Kind kind() {
    return Change.Kind.SUBSCRIPTION;
  }

  @Override
  public List<Thing> wanted(Place place) {
    return place.spec().topicArns().stream()
        .map(topic -> new Thing(topic, fields(place, "false", ""), place.system()))
        .toList();
  }

  private Map<String, String> fields(Place place, String raw, String filter) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(protocol.equals("sqs") ? "queue" : "address", endpoint.apply(place));
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
                .filter(one -> endpoint.apply(place).equals(one.endpoint()))
                .toList());
  }

  private Thing thing(Place place, Subscription one) {
    boolean wanted = place.spec().topicArns().contains(one.topicArn());
    if (!wanted || !one.subscriptionArn().startsWith("arn:")) {
      return new Thing(
          one.topicArn(), fields(place, one.subscriptionArn(), ""), wanted ? place.system() : null);
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
            place,
            attributes.getOrDefault("RawMessageDelivery", "false"),
            attributes.getOrDefault("FilterPolicy", "")),
        place.system());
  }

  @Override
  public void put(Place place, String name, boolean there) {
    List<Subscription> confirmed =
        ours(place).stream()
            .filter(one -> one.topicArn().equals(name) && one.subscriptionArn().startsWith("arn:"))
            .toList();
    for (Subscription one : confirmed) {
      set(one.subscriptionArn(), "RawMessageDelivery", "false");
      set(one.subscriptionArn(), "FilterPolicy", "{}");
    }
    if (!there || confirmed.isEmpty()) {
      String ear = endpoint.apply(place);
      calls.ask(
          "sns:Subscribe",
          () -> sns.subscribe(all -> all.topicArn(name).protocol(protocol).endpoint(ear)));
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
