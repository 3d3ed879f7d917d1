package holdfast.store;

import holdfast.journal.RunException;
import holdfast.plan.Check;
import holdfast.plan.Finding;
import holdfast.plan.Origin;
import holdfast.plan.Plans;
import holdfast.plan.Secrets;
import holdfast.plan.StoreSpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Looks at every store of the plan: there, ours, writable, and safe from rules that remove. */
final class StoreCheck implements Check {

  private final Secrets secrets;
  private final S3Settings settings;
  private final InstantSource clock;

  StoreCheck(Secrets secrets, S3Settings settings, InstantSource clock) {
    this.secrets = secrets;
    this.settings = settings.impatient();
    this.clock = clock;
  }

  @Override
  public List<Finding> findings(Plans plans) {
    List<Finding> findings = new ArrayList<>();
    try (S3Clients clients = new S3Clients(secrets, settings)) {
      for (StoreSpec spec : plans.installation().stores().values()) {
        findings.addAll(of(spec, plans, clients));
      }
    }
    return findings;
  }

  private List<Finding> of(StoreSpec spec, Plans plans, S3Clients clients) {
    try {
      OpenStores.open(spec, clients, settings, clock).probe();
      return spec instanceof StoreSpec.S3 bucket
          ? safety(bucket, new Buckets(clients, clock).status(plans, bucket))
          : List.of();
    } catch (RunException e) {
      return List.of(error(spec.origin(), e.getMessage()));
    }
  }

  private static List<Finding> safety(StoreSpec.S3 spec, BucketStatus status) {
    List<Finding> findings = new ArrayList<>();
    String store = "Store '" + spec.name() + "': ";
    for (String hazard : status.hazards()) {
      findings.add(
          Finding.error(
              spec.origin(),
              store + hazard + ".",
              "Remove that rule, or limit it to a prefix or tag that is not Holdfast's."));
    }
    if (status.drifted()) {
      findings.add(
          Finding.warning(
              spec.origin(),
              store + "the lifecycle rules of bucket '" + spec.bucket() + "' are not the plan's.",
              "See 'holdfast store plan', then run 'holdfast store apply'."));
    }
    if (Boolean.FALSE.equals(status.versioned())) {
      findings.add(
          Finding.warning(
              spec.origin(),
              store + "versioning is off, so whoever may write can destroy what is stored.",
              "Switch on versioning for bucket '" + spec.bucket() + "'."));
    }
    if (Boolean.FALSE.equals(status.encrypted())
        && spec.encryption() == StoreSpec.Encryption.NONE) {
      findings.add(
          Finding.warning(
              spec.origin(),
              store + "neither the store nor the bucket encrypts at rest.",
              "Set 'encryption: sse-s3' or the bucket's default encryption."));
    }
    return findings;
  }

  /** A sentence of this room ends with its remedy after the last semicolon. */
  private static Finding error(Origin origin, String sentence) {
    int remedy = sentence.lastIndexOf("; ");
    if (remedy < 0) {
      return Finding.error(origin, sentence, "");
    }
    String fix = sentence.substring(remedy + 2);
    return Finding.error(
        origin,
        sentence.substring(0, remedy) + ".",
        Character.toUpperCase(fix.charAt(0)) + fix.substring(1));
  }
}
