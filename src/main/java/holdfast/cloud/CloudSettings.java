package holdfast.cloud;

import java.time.Duration;

/**
 * How patient we are with AWS.
 *
 * @param attempts how often one request is tried
 * @param firstPause the longest pause before the second attempt; it doubles, up to 20 s
 * @param looks how often what was written is looked for before it counts as not written
 * @param lookPause between two looks
 */
record CloudSettings(int attempts, Duration firstPause, int looks, Duration lookPause) {

  static CloudSettings standard() {
    return new CloudSettings(8, Duration.ofMillis(200), 60, Duration.ofSeconds(1));
  }

  /** For somebody who waits at a terminal and only asks: two attempts. */
  CloudSettings impatient() {
    return new CloudSettings(Math.min(2, attempts), firstPause, looks, lookPause);
  }
}
