package holdfast.absence;

import holdfast.plan.Check;
import holdfast.plan.Finding;
import holdfast.plan.Origin;
import holdfast.plan.Plans;
import holdfast.plan.Precautions;
import holdfast.plan.SecretMissingException;
import holdfast.plan.Secrets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether Holdfast would be missed if it were gone, and could be brought back. */
final class PrecautionCheck implements Check {

  private static final Origin APPLICATION = new Origin(Path.of("application.yml"), 0);

  private final Secrets secrets;

  PrecautionCheck(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public List<Finding> findings(Plans plans) {
    return Stream.of(heartbeat(plans), journal(plans)).flatMap(Optional::stream).toList();
  }

  private Optional<Finding> heartbeat(Plans plans) {
    Precautions.Heartbeat heartbeat = plans.installation().precautions().heartbeat();
    if (heartbeat == null) {
      return Optional.of(
          Finding.warning(
              APPLICATION,
              "Nobody outside notices when Holdfast itself is gone.",
              "Add heartbeat: {url: {env: NAME}} with the address of a service that misses it."));
    }
    try {
      secrets.read(heartbeat.url());
      return Optional.empty();
    } catch (SecretMissingException e) {
      return Optional.of(
          Finding.warning(
              heartbeat.origin(),
              "The address of the heartbeat cannot be read, so none is given.",
              e.getMessage()));
    }
  }

  private static Optional<Finding> journal(Plans plans) {
    return plans.installation().journal().backup() != null
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                APPLICATION,
                "The journal is not backed up: users, incidents and the audit end with this host.",
                "Add journal: {backup: {stores: [NAME], recipients: [NAME, NAME]}}."));
  }
}
