package holdfast.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.cloud.Change.State;
import holdfast.harness.JournalNode;
import holdfast.harness.Moto;
import holdfast.harness.S3Server;
import holdfast.harness.SettableClock;
import holdfast.plan.Plans;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AlarmSetupTest {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final CloudSettings SETTINGS =
      new CloudSettings(3, Duration.ofMillis(10), 5, Duration.ofMillis(20));

  private final Moto moto = Moto.shared();
  private final String system =
      "shop" + NUMBER.incrementAndGet() + "-" + ProcessHandle.current().pid();
  private final JournalNode node =
      JournalNode.fresh(new SettableClock(Instant.parse("2026-11-21T14:00:00Z")));
  private final AlarmSetup setup = new AlarmSetup(S3Server.secrets(), SETTINGS, node.audit());

  private Plans plans(String rest) {
    return CloudPlans.of(
        system,
        """
        aws-alarms:
          - region: eu-west-1
            endpoint: %s
            access-key: {file: %s}
            secret-key: {file: %s}
        """
                .formatted(moto.endpoint(), moto.keyFile(), moto.keyFile())
            + rest.indent(4));
  }

  private static final String ALL =
      """
      events: [rds, backup]
      alarms:
        - {name: cpu, kind: rds-cpu, dimensions: {DBInstanceIdentifier: shop}}
        - {name: late, kind: s3-replication-latency, dimensions: {SourceBucket: a, DestinationBucket: b, RuleId: c}}
        - {name: rate, kind: alb-5xx-rate, dimensions: {LoadBalancer: app/shop/1}}
      """;

  @Test
  void applying_twice_changes_nothing_the_second_time() {
    Plans plans = plans(ALL);
    AlarmReport before = setup.status(plans, null).get(0);
    assertThat(before.problem()).isNull();
    assertThat(states(List.of(before))).containsOnly(State.CREATE).hasSize(8);

    AlarmReport first = setup.apply(plans, null, "ada", false).get(0);
    assertThat(first.problem()).isNull();
    assertThat(first.changes())
        .hasSize(8)
        .allSatisfy(change -> assertThat(change.outcome()).isEqualTo(Change.Outcome.DONE));
    assertThat(first.isDrifted()).isFalse();

    AlarmReport second = setup.apply(plans, null, "ada", false).get(0);
    assertThat(second.changes())
        .hasSize(8)
        .allSatisfy(
            change -> {
              assertThat(change.differences()).isEmpty();
              assertThat(change.outcome()).isNull();
            });
    assertThat(node.audit().newest(100)).hasSize(8);
  }

  private static List<State> states(List<AlarmReport> reports) {
    return reports.stream().flatMap(one -> one.changes().stream()).map(Change::state).toList();
  }
}
