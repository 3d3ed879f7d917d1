package holdfast.cloud;

import holdfast.plan.AwsAlarms;
import holdfast.plan.Check;
import holdfast.plan.Finding;
import holdfast.plan.Plans;
import holdfast.plan.SystemPlan;
import java.util.ArrayList;
import java.util.List;

/** Whether AWS has the alarms that the plan wants there. */
final class AlarmCheck implements Check {

  private final AlarmSetup setup;

  AlarmCheck(AlarmSetup setup) {
    this.setup = setup;
  }

  @Override
  public List<Finding> findings(Plans plans) {
    List<Finding> findings = new ArrayList<>();
    for (SystemPlan system : plans.systems()) {
      List<AlarmReport> reports =
          system.awsAlarms().isEmpty() ? List.of() : setup.status(plans, system.name());
      for (int i = 0; i < reports.size(); i++) {
        findings.addAll(of(system.awsAlarms().get(i), reports.get(i)));
      }
    }
    return findings;
  }

  private static List<Finding> of(AwsAlarms spec, AlarmReport report) {
    if (report.problem() != null) {
      return List.of(
          Finding.warning(
              spec.origin(), report.problem(), "Until then nobody knows which alarms are there."));
    }
    if (!report.isDrifted()) {
      return List.of();
    }
    String what =
        "The alarms of %s in %s are not the plan's.".formatted(report.system(), report.region());
    return List.of(
        Finding.warning(
            spec.origin(), what, "See 'holdfast alarms plan', then run 'holdfast alarms apply'."));
  }
}
