package holdfast.bench;

import holdfast.harness.Shell;
import java.io.IOException;
import java.nio.file.Path;

/** What a person would type instead of Holdfast: each a pipeline that fails when any part does. */
final class ByHand {

  private static final String OBJECT = "by-hand/tuned.dump.zst.gpg";
  private static final String SEAL =
      "gpg -q --batch --yes --trust-model always --cipher-algo AES256 -z0 -e -r operations -r escrow";
  private static final String OPEN =
      "gpg -q --batch --pinentry-mode loopback --passphrase-file %s/keys/operations.passphrase -d";

  private final Shell shell;
  private final String bucket;
  private final String open;

  ByHand(Shell shell, String bucket, Path home) {
    this.shell = shell;
    this.bucket = bucket;
    this.open = OPEN.formatted(home);
  }

  /** Nobody can be faster than this. */
  void floor() throws IOException, InterruptedException {
    shell.run("pg_dump -Fc -Z0 -d roleferry > /dev/null");
  }

  /** The best that a careful person gets from the stock programs. */
  void tuned() throws IOException, InterruptedException {
    shell.run(
        "pg_dump -Fc -Z0 -d roleferry | zstd -q -c -3 -T2 | %s | aws s3 cp - s3://%s/%s"
            .formatted(SEAL, bucket, OBJECT));
  }

  /** What people find in tutorials. */
  void seed() throws IOException, InterruptedException {
    shell.run(
        "pg_dump -d roleferry | gzip | %s | aws s3 cp - s3://%s/by-hand/seed.sql.gz.gpg"
            .formatted(SEAL, bucket));
  }

  /** Brings the tuned object back into a new database. */
  void restore(String database) throws IOException, InterruptedException {
    shell.run(
        "createdb -T template0 %s; aws s3 cp s3://%s/%s - | %s | zstd -q -dc | pg_restore -d %s"
            .formatted(database, bucket, OBJECT, open, database));
  }

  /** Bytes of the tuned object. */
  long bytes() throws IOException, InterruptedException {
    return Long.parseLong(
        shell.read(
            "aws s3api head-object --bucket %s --key %s --query ContentLength"
                .formatted(bucket, OBJECT)));
  }
}
