package holdfast.store;

import holdfast.plan.Asset;
import holdfast.plan.Plans;
import holdfast.plan.StoreSpec;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The plan's buckets: how they stand, and, on request, their lifecycle rules put right. */
public final class Buckets {

  private final S3Clients clients;
  private final InstantSource clock;

  Buckets(S3Clients clients, InstantSource clock) {
    this.clients = clients;
    this.clock = clock;
  }

  /** Every bucket of the plan against what the plan wants; changes nothing. */
  public List<BucketStatus> status(Plans plans) {
    return specs(plans).map(spec -> bucket(spec).status(assets(plans, spec))).toList();
  }

  /** Writes the plan's rules into every bucket and tells how they stand then. */
  public List<BucketStatus> apply(Plans plans) {
    specs(plans).forEach(spec -> bucket(spec).apply(assets(plans, spec)));
    return status(plans);
  }

  BucketStatus status(Plans plans, StoreSpec.S3 spec) {
    return bucket(spec).status(assets(plans, spec));
  }

  private Bucket bucket(StoreSpec.S3 spec) {
    return new Bucket(spec, clients.of(spec), new S3Failures(spec, clock));
  }

  private static Stream<StoreSpec.S3> specs(Plans plans) {
    return plans.installation().stores().values().stream()
        .filter(StoreSpec.S3.class::isInstance)
        .map(StoreSpec.S3.class::cast);
  }

  private static List<Asset> assets(Plans plans, StoreSpec.S3 spec) {
    return plans.assets().stream().filter(asset -> asset.stores().contains(spec.name())).toList();
  }
}
