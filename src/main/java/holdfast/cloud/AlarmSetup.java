package holdfast.cloud;

import holdfast.journal.Audit;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.AwsAlarms;
import holdfast.plan.Installation;
import holdfast.plan.Plans;
import holdfast.plan.Secrets;
import holdfast.plan.SystemPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The alarms, rules, queues and subscriptions that the plan wants in AWS. */
public final class AlarmSetup {

  private final Secrets secrets;
  private final CloudSettings settings;
  private final Audit audit;

  AlarmSetup(Secrets secrets, CloudSettings settings, Audit audit) {
    this.secrets = secrets;
    this.settings = settings;
    this.audit = audit;
  }

  /**
   * Every region of every system and the topics that post to us, or one system alone, against what
   * the plan wants; changes nothing.
   *
   * @throws RunException INVALID where there is no such system
   */
  public List<AlarmReport> status(Plans plans, @Nullable String system) {
    return each(plans, system, settings.impatient(), RegionSetup::status);
  }

  /**
   * Puts in place what is missing or different. What fails in one region keeps no other from being
   * put in place.
   *
   * @param remove whether what is ours and no longer wanted goes
   * @throws RunException INVALID where there is no such system
   */
  public List<AlarmReport> apply(
      Plans plans, @Nullable String system, String actor, boolean remove) {
    return each(
        plans,
        system,
        settings,
        region -> region.apply(remove, (change, failed) -> note(actor, region, change, failed)));
  }

  private void note(String actor, RegionSetup region, Change change, @Nullable String failed) {
    String verb = change.state().name().toLowerCase(Locale.ROOT);
    audit.append(
        actor,
        "aws-alarms." + (failed == null ? verb : "failed"),
        region.name(),
        failed == null
            ? Map.of(change.kind().words(), change.name())
            : Map.of(change.kind().words(), change.name(), "why", failed));
  }

  private List<AlarmReport> each(
      Plans plans,
      @Nullable String system,
      CloudSettings patience,
      Function<RegionSetup, AlarmReport> work) {
    List<AlarmReport> reports = new ArrayList<>();
    for (SystemPlan plan : systems(plans, system)) {
      for (AwsAlarms spec : plan.awsAlarms()) {
        try (AwsClients aws = AwsClients.open(spec.access(), secrets, patience)) {
          Place place = Place.unknown(plan.name(), spec);
          reports.add(work.apply(RegionSetup.ofSystem(place, aws, patience)));
        }
      }
    }
    if (system == null) {
      reports.addAll(doors(plans.installation(), patience, work));
    }
    return reports;
  }

  private List<AlarmReport> doors(
      Installation installation, CloudSettings patience, Function<RegionSetup, AlarmReport> work) {
    List<AlarmReport> reports = new ArrayList<>();
    Doors.of(installation)
        .forEach(
            (place, address) -> {
              try (AwsClients aws = AwsClients.open(place.spec().access(), secrets, patience)) {
                reports.add(work.apply(RegionSetup.ofDoor(place, address, aws, patience)));
              }
            });
    return reports;
  }

  private static List<SystemPlan> systems(Plans plans, @Nullable String system) {
    List<SystemPlan> systems =
        plans.systems().stream()
            .filter(plan -> system == null || plan.name().equals(system))
            .toList();
    if (system != null && systems.isEmpty()) {
      throw new RunException(
          Code.INVALID, system, false, "There is no system %s.".formatted(system));
    }
    return systems;
  }
}
