package holdfast.store;

import holdfast.journal.Code;
import holdfast.plan.Asset;
import holdfast.plan.StoreSpec;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One bucket's own settings, read and, for the lifecycle, written. */
final class Bucket {

  private static final Set<Integer> NOT_OFFERED = Set.of(400, 405, 501);

  private final StoreSpec.S3 spec;
  private final S3Client client;
  private final S3Failures failures;
  private final String prefix;

  Bucket(StoreSpec.S3 spec, S3Client client, S3Failures failures) {
    this.spec = spec;
    this.client = client;
    this.failures = failures;
    this.prefix = new S3Objects(spec).prefix();
  }

  /** Reads only. */
  BucketStatus status(List<Asset> assets) {
    List<LifecycleRule> there = rules().rules();
    LifecycleRules.Decision decision = LifecycleRules.decide(prefix, assets, there);
    return new BucketStatus(
        spec.name(),
        spec.bucket(),
        decision.report(),
        LifecycleRules.hazards(prefix, there),
        versioned(),
        encrypted());
  }

  /**
   * Writes the plan's rules beside the foreign ones and reads them back. S3 replaces all rules at
   * once and knows no condition, so a rule that somebody else wrote meanwhile is told of, not lost
   * in silence; and a server that does not keep our limits gets its former rules back.
   */
  void apply(List<Asset> assets) {
    GetBucketLifecycleConfigurationResponse before = rules();
    LifecycleRules.Decision decision = LifecycleRules.decide(prefix, assets, before.rules());
    if (!decision.drifted()) {
      return;
    }
    Set<LifecycleRule> foreign = LifecycleRules.foreign(prefix, before.rules());
    write(decision.wanted(), before);
    List<LifecycleRule> after = rules().rules();
    if (!LifecycleRules.foreign(prefix, after).equals(foreign)) {
      throw failures.failure(
          Code.BUSY,
          true,
          "somebody else changed the rules of bucket '%s' at the same time; look at them, then apply again."
              .formatted(spec.bucket()),
          null);
    }
    if (LifecycleRules.decide(prefix, assets, after).drifted()) {
      write(before.rules(), before);
      throw failures.failure(
          Code.REFUSED,
          false,
          "this S3 server does not keep lifecycle rules as they are written, and a rule without its limits could remove recovery points; the former rules were put back.",
          null);
    }
  }

  private void write(List<LifecycleRule> rules, GetBucketLifecycleConfigurationResponse before) {
    asked(
        "write the lifecycle rules",
        () ->
            rules.isEmpty()
                ? client.deleteBucketLifecycle(gone -> gone.bucket(spec.bucket()))
                : client.putBucketLifecycleConfiguration(
                    put ->
                        put.bucket(spec.bucket())
                            .lifecycleConfiguration(all -> all.rules(rules))
                            .transitionDefaultMinimumObjectSize(
                                before.transitionDefaultMinimumObjectSizeAsString())));
  }

  private GetBucketLifecycleConfigurationResponse rules() {
    return asked(
        "read the lifecycle rules",
        () -> {
          try {
            return client.getBucketLifecycleConfiguration(get -> get.bucket(spec.bucket()));
          } catch (S3Exception e) {
            if (S3Failures.absent(e)) {
              return GetBucketLifecycleConfigurationResponse.builder().build();
            }
            throw e;
          }
        });
  }

  private @Nullable Boolean versioned() {
    return told(
        "read the versioning",
        () ->
            client.getBucketVersioning(get -> get.bucket(spec.bucket())).status()
                == BucketVersioningStatus.ENABLED);
  }

  private @Nullable Boolean encrypted() {
    return told(
        "read the encryption",
        () ->
            client
                .getBucketEncryption(get -> get.bucket(spec.bucket()))
                .serverSideEncryptionConfiguration()
                .hasRules());
  }

  private @Nullable Boolean told(String doing, Supplier<Boolean> question) {
    try {
      return question.get();
    } catch (S3Exception e) {
      if (S3Failures.absent(e)) {
        return false;
      }
      if (NOT_OFFERED.contains(e.statusCode())) {
        return null;
      }
      throw failures.of(doing, e);
    } catch (RuntimeException e) {
      throw failures.of(doing, e);
    }
  }

  private <T> T asked(String doing, Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw failures.of(doing, e);
    }
  }
}
