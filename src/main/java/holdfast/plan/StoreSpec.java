package holdfast.plan;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A place bytes rest. */
public sealed interface StoreSpec {

  /** The key under {@link Installation#stores()}. */
  String name();

  Origin origin();

  /**
   * A bucket.
   *
   * @param prefix without leading or trailing slash; may be empty
   * @param owner the account id the bucket must belong to
   * @param kmsKey for {@link Encryption#SSE_KMS}; absent = the bucket's default key
   * @param retention other keys, with which alone objects are removed; absent = those of {@code
   *     access}
   */
  record S3(
      String name,
      String bucket,
      String prefix,
      AwsAccess access,
      boolean pathStyle,
      @Nullable String owner,
      Encryption encryption,
      @Nullable String kmsKey,
      String storageClass,
      @Nullable AwsAccess retention,
      Origin origin)
      implements StoreSpec {

    /** One whose objects are written and removed with the same keys. */
    public S3(
        String name,
        String bucket,
        String prefix,
        AwsAccess access,
        boolean pathStyle,
        @Nullable String owner,
        Encryption encryption,
        @Nullable String kmsKey,
        String storageClass,
        Origin origin) {
      this(
          name,
          bucket,
          prefix,
          access,
          pathStyle,
          owner,
          encryption,
          kmsKey,
          storageClass,
          null,
          origin);
    }

    /** The same bucket, opened with the keys that may remove. */
    public S3 forRetention() {
      return new S3(
          name,
          bucket,
          prefix,
          retention == null ? access : retention,
          pathStyle,
          owner,
          encryption,
          kmsKey,
          storageClass,
          retention,
          origin);
    }
  }

  /** A folder on this host. */
  record Directory(String name, Path path, Origin origin) implements StoreSpec {}

  /** Encryption at rest, on top of the seal. */
  enum Encryption {
    NONE,
    SSE_S3,
    SSE_KMS
  }
}
