package holdfast.journal;

import holdfast.plan.ChannelSpec;
import holdfast.plan.EscalationLevel;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import holdfast.plan.SystemPlan;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who hears of an event in the end. A failure also becomes an alarm, and a good or proven point
 * ends one; where an incident's first level calls people at once, they do not hear of the failure
 * itself besides.
 */
final class Hearers implements UnaryOperator<Event> {

  private final Plans plans;

  Hearers(Plans plans) {
    this.plans = plans;
  }

  @Override
  public Event apply(Event event) {
    if (event.type().ends()) {
      return event.to(and(event.channels()));
    }
    Severity severity = event.type().severity();
    if (severity == null) {
      return event;
    }
    Set<String> called = calledAtOnce(event.asset().system(), severity);
    return event.to(
        and(event.channels().stream().filter(channel -> !called.contains(channel)).toList()));
  }

  private static List<String> and(List<String> channels) {
    return Stream.concat(channels.stream(), Stream.of(Event.ALARM_CHANNEL)).toList();
  }

  private Set<String> calledAtOnce(String system, Severity severity) {
    List<EscalationLevel> own = plans.system(system).map(SystemPlan::escalation).orElse(List.of());
    return (own.isEmpty() ? plans.installation().escalation() : own)
        .stream()
            .filter(level -> level.after().equals(Duration.ZERO))
            .filter(level -> level.when().fits(severity, Situation.BACKUP))
            .flatMap(level -> level.channels().stream())
            .filter(channel -> hears(channel, severity))
            .collect(Collectors.toSet());
  }

  private boolean hears(String channel, Severity severity) {
    ChannelSpec spec = plans.installation().channels().get(channel);
    return spec != null && spec.hears(severity);
  }
}
