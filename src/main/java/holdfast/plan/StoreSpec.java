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
      Origin origin)
      implements StoreSpec {}

  /** A folder on this host. */
  record Directory(String name, Path path, Origin origin) implements StoreSpec {}

  /** Encryption at rest, on top of the seal. */
  enum Encryption {
    NONE,
    SSE_S3,
    SSE_KMS
  }
}
