package holdfast.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import holdfast.cloud.Change.Outcome;
import holdfast.cloud.Change.State;
import holdfast.harness.Moto;
import holdfast.journal.Audit;
import holdfast.journal.RunException;
import holdfast.plan.Plans;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What the plan wants, put into a real AWS server, and looked at from outside. */
class AlarmSetupTest extends InAws {

  @Test
  void applying_twice_changes_nothing_the_second_time() {
    Plans plans = plans(ALL);
    assertThat(status(plans).problem()).isNull();
    assertThat(status(plans).changes())
        .hasSize(7)
        .allMatch(change -> change.state() == State.CREATE);

    AlarmReport first = apply(plans);
    assertThat(first.problem()).isNull();
    assertThat(first.changes()).hasSize(7).allMatch(change -> change.outcome() == Outcome.DONE);
    assertThat(first.isDrifted()).isFalse();

    AlarmReport second = apply(plans);
    assertThat(second.changes())
        .hasSize(7)
        .allMatch(change -> change.state() == State.SAME && change.outcome() == null);
    assertThat(node.audit().newest(100))
        .hasSize(7)
        .allMatch(entry -> entry.actor().equals("ada"))
        .extracting(Audit.Entry::action)
        .containsOnly("aws-alarms.create");
    assertThat(status(plans).changes())
        .filteredOn(change -> change.kind() == Change.Kind.ALARM)
        .allSatisfy(change -> assertThat(change.note()).contains("check the dimensions"));
  }

  @Test
  void every_kind_of_event_is_taken_and_stays() {
    Plans plans =
        plans(
            "events: [rds, backup, guardduty, cloudtrail, health, ec2, ecs, autoscaling, codepipeline, elasticache]");
    assertThat(apply(plans).isDrifted()).isFalse();
    assertThat(status(plans).changes())
        .hasSize(12)
        .allMatch(change -> change.state() == State.SAME);
  }

  @Test
  void every_field_of_an_alarm_that_somebody_changed_is_named_and_mended() {
    Plans plans = plans(ALL);
    apply(plans);
    String action = "arn:aws:sns:eu-west-1:" + Moto.ACCOUNT + ":pager";
    MetricAlarm before = alarm("cpu");
    aws.cloudWatch()
        .putMetricAlarm(
            PutMetricAlarmRequest.builder()
                .alarmName(before.alarmName())
                .alarmDescription("mine now")
                .namespace("AWS/EC2")
                .metricName("NetworkIn")
                .dimensions(one -> one.name("InstanceId").value("i-1"))
                .statistic("Sum")
                .period(60)
                .unit("Bytes")
                .comparisonOperator("LessThanThreshold")
                .threshold(7.5)
                .evaluationPeriods(9)
                .datapointsToAlarm(2)
                .treatMissingData("ignore")
                .alarmActions(action)
                .build());

    AlarmReport drift = status(plans);
    assertThat(drift.isDrifted()).isTrue();
    assertThat(fields(drift, prefix + "cpu"))
        .containsExactly(
            "namespace",
            "metric",
            "dimensions",
            "statistic",
            "period",
            "unit",
            "compare",
            "threshold",
            "for",
            "missing",
            "description");
    assertThat(change(drift, prefix + "cpu").differences())
        .contains(new Change.Difference("threshold", "7.5", "90"));

    assertThat(apply(plans).isDrifted()).isFalse();
    assertThat(status(plans).isDrifted()).isFalse();
    assertThat(alarm("cpu").metricName()).isEqualTo("CPUUtilization");
    assertThat(alarm("cpu").alarmActions()).as("somebody's own").containsExactly(action);
  }

  @Test
  void an_expression_that_somebody_changed_is_mended() {
    Plans plans = plans(ALL);
    apply(plans);
    MetricAlarm before = alarm("rate");
    aws.cloudWatch()
        .putMetricAlarm(
            PutMetricAlarmRequest.builder()
                .alarmName(before.alarmName())
                .alarmDescription(before.alarmDescription())
                .comparisonOperator(before.comparisonOperator())
                .threshold(before.threshold())
                .evaluationPeriods(before.evaluationPeriods())
                .datapointsToAlarm(before.datapointsToAlarm())
                .treatMissingData(before.treatMissingData())
                .metrics(
                    before.metrics().stream()
                        .map(
                            one ->
                                one.expression() == null
                                    ? one
                                    : one.toBuilder().expression("failed/requests").build())
                        .toList())
                .build());
    assertThat(fields(status(plans), prefix + "rate")).containsExactly("calculates");
    apply(plans);
    assertThat(status(plans).isDrifted()).isFalse();
  }

  @Test
  void every_field_of_a_rule_is_watched() {
    Plans plans = plans(ALL);
    apply(plans);
    String rule = prefix + "rds";
    aws.events()
        .putRule(
            put ->
                put.name(rule)
                    .eventPattern("{\"source\":[\"aws.ec2\"]}")
                    .state("DISABLED")
                    .description("mine now"));
    aws.events()
        .putTargets(
            put -> put.rule(rule).targets(one -> one.id("holdfast").arn(queueArn() + "-dead")));
    assertThat(fields(status(plans), rule))
        .containsExactly("events", "state", "description", "target");
    apply(plans);
    assertThat(status(plans).isDrifted()).isFalse();

    aws.events().removeTargets(gone -> gone.rule(rule).ids("holdfast"));
    assertThat(fields(status(plans), rule)).containsExactly("target");
    apply(plans);
    assertThat(status(plans).isDrifted()).isFalse();
  }

  @Test
  void every_field_of_a_queue_is_watched() {
    Plans plans = plans(ALL);
    apply(plans);
    aws.sqs()
        .setQueueAttributes(
            set ->
                set.queueUrl(queueUrl())
                    .attributesWithStrings(
                        Map.of(
                            "SqsManagedSseEnabled", "false",
                            "MessageRetentionPeriod", "60",
                            "VisibilityTimeout", "1",
                            "ReceiveMessageWaitTimeSeconds", "0",
                            "RedrivePolicy",
                                "{\"deadLetterTargetArn\":\"%s-dead\",\"maxReceiveCount\":1}"
                                    .formatted(queueArn()),
                            "Policy", anybody())));
    assertThat(fields(status(plans), prefix + "alarms"))
        .contains("encryption", "keeps", "hides", "waits", "dead letters", "policy");
    apply(plans);
    assertThat(status(plans).isDrifted()).isFalse();
  }

  private String anybody() {
    return """
        {"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*",
        "Action":"sqs:SendMessage","Resource":"%s"}]}"""
        .formatted(queueArn());
  }

  @Test
  void the_queue_takes_from_exactly_the_rules_and_topics_of_the_plan() throws IOException {
    String topic = aws.sns().createTopic(make -> make.name(prefix + "topic")).topicArn();
    Plans plans = plans(ALL + "topics: [%s]\n".formatted(topic));
    assertThat(apply(plans).isDrifted()).isFalse();
    String rule = "arn:aws:events:eu-west-1:" + Moto.ACCOUNT + ":rule/" + prefix;
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(attribute(QueueAttributeName.POLICY)))
        .isEqualTo(
            json.readTree(
                """
                {"Version":"2012-10-17","Statement":[
                 {"Sid":"HoldfastEvents","Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},
                  "Action":"sqs:SendMessage","Resource":"%1$s",
                  "Condition":{"ArnEquals":{"aws:SourceArn":["%2$salarms","%2$sbackup","%2$srds"]}}},
                 {"Sid":"HoldfastTopics","Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},
                  "Action":"sqs:SendMessage","Resource":"%1$s",
                  "Condition":{"ArnEquals":{"aws:SourceArn":["%3$s"]}}}]}
                """
                    .formatted(queueArn(), rule, topic)));
    assertThat(attribute(QueueAttributeName.SQS_MANAGED_SSE_ENABLED)).isEqualTo("true");
    assertThat(aws.sqs().listQueueTags(all -> all.queueUrl(queueUrl())).tags())
        .containsEntry("holdfast", system);
  }

  @Test
  void events_and_messages_of_topics_arrive_in_the_queue() {
    String topic = aws.sns().createTopic(make -> make.name(prefix + "topic")).topicArn();
    apply(plans(ALL + "topics: [%s]\n".formatted(topic)));
    aws.events()
        .putEvents(
            put ->
                put.entries(
                    one ->
                        one.source("aws.rds")
                            .detailType("RDS DB Instance Event")
                            .detail("{\"EventID\":\"RDS-EVENT-0006\"}"),
                    one -> one.source("aws.s3").detailType("Object Created").detail("{}"),
                    one ->
                        one.source("aws.cloudwatch")
                            .detailType("CloudWatch Alarm State Change")
                            .detail("{\"alarmName\":\"%scpu\"}".formatted(prefix)),
                    one ->
                        one.source("aws.cloudwatch")
                            .detailType("CloudWatch Alarm State Change")
                            .detail("{\"alarmName\":\"of-somebody-else\"}")));
    aws.sns().publish(one -> one.topicArn(topic).message("cache is gone"));
    assertThat(
            aws.sqs()
                .receiveMessage(
                    all -> all.queueUrl(queueUrl()).maxNumberOfMessages(10).waitTimeSeconds(1))
                .messages())
        .extracting(Message::body)
        .satisfiesExactlyInAnyOrder(
            body -> assertThat(body).contains("RDS-EVENT-0006"),
            body -> assertThat(body).contains(prefix + "cpu"),
            body -> assertThat(body).contains("cache is gone"));
  }

  @Test
  void a_subscription_that_somebody_bent_is_straightened() {
    String topic = aws.sns().createTopic(make -> make.name(prefix + "topic")).topicArn();
    Plans plans = plans("topics: [%s]\n".formatted(topic));
    apply(plans);
    String subscription =
        aws.sns()
            .listSubscriptionsByTopic(all -> all.topicArn(topic))
            .subscriptions()
            .get(0)
            .subscriptionArn();
    for (String[] bent :
        new String[][] {{"RawMessageDelivery", "true"}, {"FilterPolicy", "{\"a\":[\"b\"]}"}}) {
      aws.sns()
          .setSubscriptionAttributes(
              set ->
                  set.subscriptionArn(subscription).attributeName(bent[0]).attributeValue(bent[1]));
    }
    assertThat(fields(status(plans), topic)).containsExactly("raw", "filter");
    apply(plans);
    assertThat(status(plans).isDrifted()).isFalse();
  }

  @Test
  void what_the_plan_no_longer_wants_goes_only_on_request_and_what_is_foreign_never() {
    apply(plans(ALL));
    foreign("theirs");
    Plans less = plans("events: [rds]");

    AlarmReport kept = apply(less);
    assertThat(kept.isDrifted()).isFalse();
    assertThat(change(kept, prefix + "cpu").state()).isEqualTo(State.OBSOLETE);
    assertThat(change(kept, prefix + "theirs").state()).isEqualTo(State.FOREIGN);
    assertThat(alarm("cpu")).isNotNull();

    AlarmReport removed = setup.apply(less, system, "ada", true).get(0);
    assertThat(removed.changes())
        .filteredOn(one -> one.state() == State.OBSOLETE)
        .allMatch(one -> one.outcome() == Outcome.DONE)
        .extracting(Change::name)
        .containsExactlyInAnyOrder(
            prefix + "alarms", prefix + "backup", prefix + "cpu", prefix + "rate");
    assertThat(status(less).changes())
        .filteredOn(one -> one.state() != State.SAME)
        .extracting(Change::name)
        .containsExactly(prefix + "theirs");
    assertThat(alarm("theirs").threshold()).isEqualTo(42);
  }

  @Test
  void what_bears_a_wanted_name_but_is_not_ours_is_left_and_told_of() {
    foreign("cpu");
    Plans plans = plans(ALL);
    AlarmReport report = apply(plans);
    assertThat(report.isDrifted()).isTrue();
    assertThat(change(report, prefix + "cpu").state()).isEqualTo(State.TAKEN);
    assertThat(change(report, prefix + "rate").outcome()).isEqualTo(Outcome.DONE);
    assertThat(alarm("cpu").threshold()).isEqualTo(42);

    String arn = alarm("cpu").alarmArn();
    aws.cloudWatch()
        .tagResource(tag -> tag.resourceARN(arn).tags(one -> one.key("holdfast").value(system)));
    assertThat(apply(plans).isDrifted()).isFalse();
    assertThat(alarm("cpu").threshold()).isEqualTo(90);
  }

  @Test
  void a_queue_that_is_not_ours_is_left_with_all_that_others_send_into_it() {
    String topic = aws.sns().createTopic(make -> make.name(prefix + "topic")).topicArn();
    aws.sqs().createQueue(make -> make.queueName("their-" + system));
    String theirs = "arn:aws:sqs:eu-west-1:" + Moto.ACCOUNT + ":their-" + system;
    String subscription =
        aws.sns()
            .subscribe(
                all ->
                    all.topicArn(topic)
                        .protocol("sqs")
                        .endpoint(theirs)
                        .attributes(Map.of("RawMessageDelivery", "true"))
                        .returnSubscriptionArn(true))
            .subscriptionArn();

    AlarmReport report =
        apply(plans("queue: their-%s\nevents: [rds]\ntopics: [%s]\n".formatted(system, topic)));
    assertThat(report.problem())
        .contains("queue their-" + system + " is not ours", "give it the tag holdfast=" + system);
    assertThat(change(report, "their-" + system).state()).isEqualTo(State.TAKEN);
    assertThat(change(report, prefix + "rds").outcome()).isEqualTo(Outcome.NOT_TRIED);
    assertThat(change(report, topic).outcome()).isEqualTo(Outcome.NOT_TRIED);
    assertThat(
            aws.sns()
                .getSubscriptionAttributes(get -> get.subscriptionArn(subscription))
                .attributes())
        .containsEntry("RawMessageDelivery", "true");
    assertThat(aws.events().listRules(all -> all.namePrefix(prefix)).rules()).isEmpty();
  }

  @Test
  void a_system_that_is_not_there_is_a_mistake() {
    assertThatThrownBy(() -> setup.status(plans(ALL), "nothing"))
        .isInstanceOf(RunException.class)
        .hasMessage("There is no system nothing.");
  }

  private void foreign(String name) {
    aws.cloudWatch()
        .putMetricAlarm(
            put ->
                put.alarmName(prefix + name)
                    .namespace("AWS/SQS")
                    .metricName("ApproximateAgeOfOldestMessage")
                    .statistic("Maximum")
                    .period(60)
                    .evaluationPeriods(1)
                    .threshold(42.0)
                    .comparisonOperator("GreaterThanThreshold"));
  }

  private MetricAlarm alarm(String name) {
    return aws.cloudWatch()
        .describeAlarms(all -> all.alarmNames(Arrays.asList(prefix + name)))
        .metricAlarms()
        .get(0);
  }

  private String attribute(QueueAttributeName name) {
    return aws.sqs()
        .getQueueAttributes(get -> get.queueUrl(queueUrl()).attributeNames(name))
        .attributes()
        .get(name);
  }
}
