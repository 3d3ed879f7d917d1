package holdfast.incident;

import holdfast.plan.ChannelSpec;
import holdfast.plan.Contact;
import holdfast.plan.Duty;
import holdfast.plan.EscalationLevel;
import holdfast.plan.Installation;
import holdfast.plan.Origin;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import holdfast.plan.SystemPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is called for incidents of one system, and when: its own escalation, else the installation's,
 * else every channel at once for what is critical or high.
 *
 * @param system absent where the incident is of none in the plan
 * @param source whose escalation it is, in words
 * @param joined of other systems that the incident drew in: their people hear with each level
 */
record Policy(
    @Nullable String system,
    String source,
    List<EscalationLevel> levels,
    Duty duty,
    List<Contact> contacts,
    Map<String, ChannelSpec> channels,
    List<Policy> joined) {

  private static final Origin NOWHERE = new Origin(Path.of("application.yml"), 0);

  /** For one incident. */
  static Policy of(Plans plans, Incident incident) {
    List<Policy> others =
        incident.systems().stream()
            .filter(system -> plans.system(system).isPresent())
            .map(system -> of(plans, system))
            .toList();
    return of(plans, incident.system()).joinedBy(others);
  }

  /** The same for an incident that drew these in. */
  Policy joinedBy(List<Policy> others) {
    return new Policy(system, source, levels, duty, contacts, channels, List.copyOf(others));
  }

  /** For incidents of {@code system}; absent where none is known. */
  static Policy of(Plans plans, @Nullable String system) {
    Installation installation = plans.installation();
    Optional<SystemPlan> plan = Optional.ofNullable(system).flatMap(plans::system);
    Duty duty = plan.map(SystemPlan::duty).orElse(Duty.NONE);
    List<Contact> contacts = plan.map(SystemPlan::contacts).orElse(List.of());
    List<EscalationLevel> own = plan.map(SystemPlan::escalation).orElse(List.of());
    if (!own.isEmpty()) {
      return new Policy(
          system,
          "the escalation of " + system,
          own,
          duty,
          contacts,
          installation.channels(),
          List.of());
    }
    if (!installation.escalation().isEmpty()) {
      return new Policy(
          system,
          "the escalation of this installation",
          installation.escalation(),
          duty,
          contacts,
          installation.channels(),
          List.of());
    }
    return new Policy(
        system,
        "default: no escalation is declared, so every channel hears of it",
        everybody(installation),
        duty,
        contacts,
        installation.channels(),
        List.of());
  }

  private static List<EscalationLevel> everybody(Installation installation) {
    EscalationLevel.When grave =
        new EscalationLevel.When(List.of(Severity.CRITICAL, Severity.HIGH), List.of());
    return List.of(
        new EscalationLevel(
            1,
            Duration.ZERO,
            grave,
            List.of(),
            List.copyOf(installation.channels().keySet()),
            null,
            null,
            NOWHERE));
  }

  /** Itself, and those that joined. */
  List<Policy> all() {
    return Stream.concat(Stream.of(this), joined.stream()).toList();
  }

  /** The channel that stands in for this one, if any. */
  Stream<String> instead(String channel) {
    ChannelSpec spec = channels.get(channel);
    return Stream.ofNullable(spec == null ? null : spec.reach().fallback());
  }

  /** Whether a channel of the plan hears of incidents of that severity. */
  boolean hears(String channel, Severity severity) {
    ChannelSpec spec = channels.get(channel);
    return spec != null && spec.hears(severity);
  }
}
