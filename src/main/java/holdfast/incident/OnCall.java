package holdfast.incident;

import holdfast.plan.Contact;
import holdfast.plan.Duty;
import holdfast.plan.Plans;
import holdfast.plan.Rotation;
import holdfast.plan.SystemPlan;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is on call. */
public final class OnCall {

  private final Plans plans;

  public OnCall(Plans plans) {
    this.plans = plans;
  }

  /**
   * Who is on call in one rotation.
   *
   * @param contact absent where the plan no longer names them
   * @param until when their turn ends by the order
   */
  public record Watch(String rotation, String person, @Nullable Contact contact, Instant until) {}

  /** The rotations of a system at a moment; empty for a system that is not in the plan. */
  public List<Watch> at(String system, Instant moment) {
    return plans
        .system(system)
        .map(
            plan ->
                plan.duty().rotations().stream()
                    .map(rotation -> watch(plan, rotation, moment))
                    .toList())
        .orElse(List.of());
  }

  private static Watch watch(SystemPlan plan, Rotation rotation, Instant moment) {
    String person = rotation.onCall(moment);
    return new Watch(
        rotation.name(),
        person,
        plan.contacts().stream()
            .filter(contact -> contact.name().equals(person))
            .findFirst()
            .orElse(null),
        rotation.until(moment));
  }

  /** The person behind a name that a level calls: of a rotation, whoever is on call. */
  static String person(Duty duty, String name, Instant at) {
    return duty.rotation(name).map(rotation -> rotation.onCall(at)).orElse(name);
  }
}
