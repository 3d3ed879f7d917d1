package holdfast.incident;

import holdfast.plan.ChannelSpec;
import holdfast.plan.Duty;
import holdfast.plan.EscalationLevel;
import holdfast.plan.Installation;
import holdfast.plan.Plans;
import holdfast.plan.SystemPlan;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The channels through which people are called, and those that stand in for them. Pure. */
final class TestedChannels {

  private TestedChannels() {}

  /** In the order in which levels name them; those that reach nobody by themselves left out. */
  static List<String> of(Plans plans) {
    Installation installation = plans.installation();
    Set<String> named = new LinkedHashSet<>();
    add(installation.escalation(), named);
    plans.systems().forEach(system -> add(system, named));
    if (named.isEmpty()) {
      named.addAll(installation.channels().keySet());
    }
    List.copyOf(named).forEach(channel -> fallbacks(installation, channel, named));
    return named.stream().filter(channel -> reaches(installation, channel)).toList();
  }

  private static void add(SystemPlan system, Set<String> named) {
    add(system.escalation(), named);
    Duty.Updates updates = system.duty().updates();
    if (updates != null) {
      named.addAll(updates.channels());
    }
  }

  private static void add(List<EscalationLevel> levels, Set<String> named) {
    levels.stream().map(EscalationLevel::channels).forEach(named::addAll);
  }

  private static void fallbacks(Installation installation, String channel, Set<String> named) {
    ChannelSpec at = installation.channels().get(channel);
    while (at != null && at.reach().fallback() != null && named.add(at.reach().fallback())) {
      at = installation.channels().get(at.reach().fallback());
    }
  }

  /** A channel that only reaches whoever is called has no reader for a test. */
  private static boolean reaches(Installation installation, String channel) {
    ChannelSpec spec = installation.channels().get(channel);
    if (spec instanceof ChannelSpec.Sms sms) {
      return !sms.to().isEmpty();
    }
    return spec instanceof ChannelSpec.Email email ? !email.to().isEmpty() : spec != null;
  }
}
