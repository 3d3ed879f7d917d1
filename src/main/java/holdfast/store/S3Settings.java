package holdfast.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How uploads to S3 behave on this host.
 *
 * @param concurrency parts in flight per upload
 * @param memoryPart the largest part kept in memory, in bytes; larger ones spool
 * @param spool folder of spooled parts
 * @param attempts how often one request is tried
 * @param firstPause the longest pause before the second attempt; it doubles, up to 20 s
 */
record S3Settings(int concurrency, long memoryPart, Path spool, int attempts, Duration firstPause) {

  static S3Settings standard(Path spool) {
    return new S3Settings(2, 32 * PartSizes.MIB, spool, 8, Duration.ofMillis(200));
  }

  /** For somebody who waits at a terminal: two attempts. */
  S3Settings impatient() {
    return new S3Settings(concurrency, memoryPart, spool, Math.min(2, attempts), firstPause);
  }
}
