package holdfast.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.cloud.AwsDoor.Fault;
import holdfast.cloud.Change.Outcome;
import holdfast.journal.Audit;
import holdfast.plan.Finding;
import holdfast.plan.Plans;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An AWS that refuses, is busy, or is not there. */
class AlarmFaultsTest extends InAws {

  private final AwsDoor door = AwsDoor.before(moto.endpoint());
  private final Plans plans = plans(door.endpoint(), ALL);

  @AfterEach
  void shut() {
    door.close();
  }

  @Test
  void looking_only_reads() {
    assertThat(status(plans).problem()).isNull();
    apply(plans);
    int before = door.calls().size();
    status(plans);
    new AlarmCheck(setup).findings(plans);
    assertThat(door.calls().subList(before, door.calls().size()))
        .isNotEmpty()
        .allMatch(call -> call.matches("(Get|List|Describe).*"));
  }

  @Test
  void a_missing_right_to_read_is_one_sentence() {
    door.refuse("ListRules", new Fault("AccessDeniedException", 400, 100));
    AlarmReport report = status(plans);
    assertThat(report.isDrifted()).isTrue();
    assertThat(report.problem())
        .isEqualTo(
            "Alarms of %s in eu-west-1: events:ListRules is denied; give these keys that right."
                .formatted(system));
    assertThat(new AlarmCheck(setup).findings(plans))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.level()).isEqualTo(Finding.Level.WARNING);
              assertThat(finding.what()).isEqualTo(report.problem());
            });
  }

  @Test
  void what_failed_half_way_says_what_was_done_and_what_was_not() {
    door.refuse("PutRule", new Fault("AccessDeniedException", 400, 100));
    AlarmReport report = apply(plans);
    assertThat(report.isDrifted()).isTrue();
    assertThat(report.problem()).contains("events:PutRule is denied");
    assertThat(report.changes())
        .extracting(one -> one.name().replace(prefix, "") + " " + one.outcome())
        .containsExactly(
            "alarms-dead " + Outcome.DONE,
            "alarms " + Outcome.DONE,
            "alarms " + Outcome.FAILED,
            "rds " + Outcome.NOT_TRIED,
            "backup " + Outcome.NOT_TRIED,
            "cpu " + Outcome.NOT_TRIED,
            "rate " + Outcome.NOT_TRIED);
    assertThat(node.audit().newest(1))
        .extracting(Audit.Entry::action)
        .containsExactly("aws-alarms.failed");

    door.refuse("PutRule", new Fault("", 0, 0));
    assertThat(apply(plans).isDrifted()).isFalse();
    assertThat(status(plans).isDrifted()).isFalse();
  }

  @Test
  void a_busy_aws_is_asked_again() {
    door.refuse("PutRule", new Fault("ThrottlingException", 400, 2));
    door.refuse("PutMetricAlarm", new Fault("Throttling", 400, 2));
    assertThat(apply(plans).isDrifted()).isFalse();
    assertThat(door.calls().stream().filter("PutMetricAlarm"::equals)).hasSize(4);
  }

  @Test
  void what_does_not_hold_what_was_written_is_not_called_done() {
    apply(plans);
    aws.events().disableRule(off -> off.name(prefix + "rds"));
    door.refuse("DescribeRule", new Fault("InternalException", 500, 100));
    AlarmReport report = apply(plans);
    assertThat(change(report, prefix + "rds").outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.problem()).contains("500", "try again when it has recovered");
  }

  @Test
  void an_aws_that_is_not_there_is_one_sentence() {
    assertThat(status(plans(URI.create("http://127.0.0.1:1"), ALL)).problem())
        .isEqualTo(
            "Alarms of %s in eu-west-1: http://127.0.0.1:1 cannot be reached for sqs:GetQueueUrl (ConnectException); check the endpoint and the network."
                .formatted(system));
  }

  @Test
  void a_check_names_drift_and_is_silent_without() {
    assertThat(new AlarmCheck(setup).findings(plans))
        .singleElement()
        .asString()
        .matches(
            "systems/shop.yml:[0-9]+: warning: The alarms of %s in eu-west-1 are not the plan's. See 'holdfast alarms plan', then run 'holdfast alarms apply'."
                .formatted(system));
    apply(plans);
    assertThat(new AlarmCheck(setup).findings(plans)).isEmpty();
  }
}
