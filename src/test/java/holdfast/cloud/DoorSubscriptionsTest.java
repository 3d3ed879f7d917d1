package holdfast.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.cloud.Change.Outcome;
import holdfast.cloud.Change.State;
import holdfast.harness.Moto;
import holdfast.plan.Plans;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.model.Subscription;

/** Topics that the plan lists for a sender are told to post to our address. */
class DoorSubscriptionsTest extends InAws {

  private final String topic =
      aws.sns().createTopic(make -> make.name(prefix + "topic")).topicArn();

  private Plans posting(String address) {
    return posting(address, moto.endpoint().toString());
  }

  private Plans posting(String address, String endpoint) {
    return CloudPlans.of(
        system,
        "",
        """
        %s
        senders:
          %s:
            kind: sns
            topics: ["%s"]
            region: eu-west-1
            endpoint: %s
            access-key: {file: %s}
            secret-key: {file: %s}
        """
            .formatted(address, system, topic, endpoint, moto.keyFile(), moto.keyFile()));
  }

  private static final String HTTPS = "address: https://holdfast.example.com";

  private AlarmReport only(List<AlarmReport> reports) {
    assertThat(reports).hasSize(1);
    return reports.get(0);
  }

  private List<Subscription> subscriptions() {
    return aws.sns().listSubscriptionsByTopic(all -> all.topicArn(topic)).subscriptions();
  }

  @Test
  void a_topic_is_subscribed_once_to_the_address_of_its_sender() {
    Plans plans = posting(HTTPS);
    AlarmReport before = only(setup.status(plans, null));
    assertThat(before.problem()).isNull();
    assertThat(before.system()).isEqualTo("sender " + system);
    assertThat(before.isDrifted()).isTrue();
    assertThat(change(before, topic).state()).isEqualTo(State.CREATE);
    assertThat(subscriptions()).isEmpty();

    AlarmReport first = only(setup.apply(plans, null, "ada", false));
    assertThat(change(first, topic).outcome()).isEqualTo(Outcome.DONE);
    AlarmReport second = only(setup.apply(plans, null, "ada", false));
    assertThat(second.isDrifted()).isFalse();
    assertThat(change(second, topic).state()).isEqualTo(State.SAME);
    assertThat(subscriptions())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.protocol()).isEqualTo("https");
              assertThat(one.endpoint()).isEqualTo("https://holdfast.example.com/in/" + system);
            });
    assertThat(node.audit().newest(10)).hasSize(1);
  }

  @Test
  void one_that_somebody_bent_is_drift_and_is_straightened() {
    Plans plans = posting(HTTPS);
    setup.apply(plans, null, "ada", false);
    String subscription = subscriptions().get(0).subscriptionArn();
    aws.sns()
        .setSubscriptionAttributes(
            set ->
                set.subscriptionArn(subscription)
                    .attributeName("RawMessageDelivery")
                    .attributeValue("true"));
    assertThat(fields(only(setup.status(plans, null)), topic)).containsExactly("raw");
    setup.apply(plans, null, "ada", false);

    assertThat(only(setup.status(plans, null)).isDrifted()).isFalse();
    assertThat(subscriptions()).hasSize(1);
  }

  /** The server of these tests confirms by itself; Amazon's list says so until we have. */
  @Test
  void one_that_is_not_confirmed_is_drift_and_is_asked_for_again() {
    try (AwsDoor door = AwsDoor.before(moto.endpoint())) {
      Plans plans = posting(HTTPS, door.endpoint().toString());
      setup.apply(plans, null, "ada", false);
      String arn = subscriptions().get(0).subscriptionArn();
      door.rewrite(arn, "PendingConfirmation");

      assertThat(fields(only(setup.status(plans, null)), topic)).containsExactly("raw");
      AlarmReport report = only(setup.apply(plans, null, "ada", false));
      assertThat(report.isDrifted()).isTrue();
      assertThat(report.problem()).contains("it is not there as written");
      assertThat(door.calls().stream().filter("Subscribe"::equals)).hasSize(2);
      assertThat(door.calls()).doesNotContain("SetSubscriptionAttributes");
    }
  }

  @Test
  void without_an_address_of_https_or_for_one_system_nothing_is_subscribed() {
    assertThat(setup.apply(posting(""), null, "ada", false)).isEmpty();
    assertThat(setup.apply(posting("address: http://10.0.0.1:8420"), null, "ada", false)).isEmpty();
    assertThat(setup.apply(posting(HTTPS), system, "ada", false)).isEmpty();
    assertThat(subscriptions()).isEmpty();
    assertThat(topic).contains(Moto.ACCOUNT);
  }
}
