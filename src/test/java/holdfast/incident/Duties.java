package holdfast.incident;

import holdfast.harness.SamplePlan;
import holdfast.plan.ChannelSpec;
import holdfast.plan.Contact;
import holdfast.plan.Duty;
import holdfast.plan.EscalationLevel;
import holdfast.plan.Installation;
import holdfast.plan.Origin;
import holdfast.plan.Plans;
import holdfast.plan.SecretRef;
import holdfast.plan.Severity;
import holdfast.plan.SystemPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans that differ in who is called, and when. */
public final class Duties {

  private static final Origin ORIGIN = new Origin(Path.of("systems/roleferry.yml"), 1);

  private Duties() {}

  /** Level 1 at once through chat, level 2 after 15 minutes through mail, level 3 after 2 hours. */
  static List<EscalationLevel> three() {
    return List.of(
        level(1, Duration.ZERO, "chat", "Ada"),
        level(2, Duration.ofMinutes(15), "mail", "Bob"),
        level(3, Duration.ofHours(2), "topic", "Cleo"));
  }

  /** A level for every incident. */
  public static EscalationLevel level(int number, Duration after, String channel, String contact) {
    return level(number, after, EscalationLevel.When.ALWAYS, channel, contact, null);
  }

  static EscalationLevel level(
      int number,
      Duration after,
      EscalationLevel.When when,
      String channel,
      String contact,
      @Nullable Duration repeat) {
    return new EscalationLevel(
        number, after, when, List.of(contact), List.of(channel), repeat, null, ORIGIN);
  }

  /** The system roleferry with such levels, on channels chat, mail and topic. */
  static Plans plans(List<EscalationLevel> levels, Duty duty) {
    return plans(levels, duty, Set.of(Severity.values()));
  }

  /** The same; {@code mail} hears of nothing but such severities. */
  static Plans plans(List<EscalationLevel> levels, Duty duty, Set<Severity> mail) {
    Plans sample = SamplePlan.plans(SamplePlan.asset());
    SystemPlan plan = sample.systems().get(0);
    SystemPlan system =
        new SystemPlan(
            plan.name(),
            plan.description(),
            plan.version(),
            plan.owner(),
            null,
            null,
            plan.components(),
            plan.assets(),
            plan.probes(),
            List.of(contact("Ada"), contact("Bob"), contact("Cleo")),
            levels,
            List.of(),
            duty,
            List.of(),
            ORIGIN);
    return new Plans(
        sample.home(), installation(sample.installation(), mail, List.of()), List.of(system));
  }

  /** The same without rotations and silences. */
  public static Plans plans(List<EscalationLevel> levels) {
    return plans(levels, Duty.NONE);
  }

  /** The same where the system itself says nothing, and the installation has these levels. */
  public static Plans everywhere(List<EscalationLevel> levels) {
    Plans silent = plans(List.of());
    return new Plans(
        silent.home(),
        installation(silent.installation(), Set.of(Severity.values()), levels),
        silent.systems());
  }

  /**
   * Two systems, roleferry with Ada and Bob and harbour with Dan and Eve: the first of each is
   * called at once through chat, the second after 15 minutes through mail.
   */
  static Plans two() {
    Plans one =
        plans(
            List.of(
                level(1, Duration.ZERO, "chat", "Ada"),
                level(2, Duration.ofMinutes(15), "mail", "Bob")));
    SystemPlan other =
        named(
            one.systems().get(0),
            "harbour",
            List.of(
                level(1, Duration.ZERO, "chat", "Dan"),
                level(2, Duration.ofMinutes(15), "mail", "Eve")));
    return new Plans(one.home(), one.installation(), List.of(one.systems().get(0), other));
  }

  private static SystemPlan named(SystemPlan plan, String name, List<EscalationLevel> levels) {
    return new SystemPlan(
        name,
        plan.description(),
        plan.version(),
        plan.owner(),
        null,
        null,
        plan.components(),
        List.of(),
        List.of(),
        List.of(contact("Dan"), contact("Eve")),
        levels,
        List.of(),
        Duty.NONE,
        List.of(),
        ORIGIN);
  }

  private static Installation installation(
      Installation sample, Set<Severity> mail, List<EscalationLevel> levels) {
    Map<String, ChannelSpec> channels = new LinkedHashMap<>();
    for (String name : List.of("chat", "mail", "topic")) {
      channels.put(
          name,
          new ChannelSpec.Sns(
              name,
              "arn:aws:sns:us-east-1:123456789012:" + name,
              null,
              new ChannelSpec.Reach(name.equals("mail") ? mail : Set.of(Severity.values()), null),
              ORIGIN));
    }
    channels.put(
        "topic",
        new ChannelSpec.PagerDuty(
            "topic",
            new SecretRef(SecretRef.Kind.ENV, "ROUTING"),
            null,
            new ChannelSpec.Reach(Set.of(Severity.values()), null),
            ORIGIN));
    return new Installation(
        sample.stores(),
        sample.connections(),
        sample.keys(),
        channels,
        Map.of(),
        sample.journal(),
        sample.scratch(),
        List.of(),
        null,
        levels);
  }

  private static Contact contact(String name) {
    return new Contact(name, "on call", name + "@example.com", null, List.of(), ORIGIN);
  }
}
