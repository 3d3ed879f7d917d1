package holdfast.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.alarm.Alarm;
import holdfast.alarm.AlarmReader;
import holdfast.alarm.Arrival;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

/** An alarm that the plan had put into AWS is read, when it comes back, as the plan means it. */
class AlarmComesBackTest extends InAws {

  @Test
  void what_arrives_in_the_queue_has_the_severity_and_the_system_of_the_plan() {
    Plans plans =
        plans(
            """
            alarms:
              - {name: cpu, kind: rds-cpu, dimensions: {DBInstanceIdentifier: shop}, severity: critical, component: database}
            """);
    apply(plans);
    aws.events()
        .putEvents(
            put ->
                put.entries(
                    one ->
                        one.source("aws.cloudwatch")
                            .detailType("CloudWatch Alarm State Change")
                            .detail(
                                """
                                {"alarmName":"%scpu","state":{"value":"ALARM","reason":"too much",
                                 "timestamp":"2026-11-21T14:00:00.000+0000"}}"""
                                    .formatted(prefix))));
    List<Message> messages =
        aws.sqs().receiveMessage(all -> all.queueUrl(queueUrl()).waitTimeSeconds(1)).messages();
    assertThat(messages).hasSize(1);

    Instant now = Instant.parse("2026-11-21T14:00:01Z");
    List<Alarm> alarms =
        new AlarmReader(plans)
            .read(new Arrival("r1", "aws", "auto", now, null, Map.of(), messages.get(0).body()))
            .alarms();
    assertThat(alarms)
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.state()).isEqualTo(Alarm.State.FIRING);
              assertThat(alarm.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(alarm.situation()).isEqualTo(Situation.DATABASE);
              assertThat(alarm.subject().system()).isEqualTo(system);
              assertThat(alarm.subject().component()).isEqualTo("database");
            });
  }
}
