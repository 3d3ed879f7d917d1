package holdfast.plan;

import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;

/** Reads how long points are kept. */
final class RetentionReader {

  private RetentionReader() {}

  static Retention read(Section at) {
    Long last = at.longOrNull("keep-last");
    return new Retention(
        at.durationOrNull("keep-within"),
        last == null ? null : last.intValue(),
        buckets(at),
        ZoneId.of(at.text("zone", Defaults.ZONE)),
        at.duration("at-least", Retention.AT_LEAST),
        at.duration("take-back", Retention.TAKE_BACK));
  }

  static Map<Retention.Bucket, Integer> buckets(Section at) {
    Map<Retention.Bucket, Integer> buckets = new EnumMap<>(Retention.Bucket.class);
    for (Retention.Bucket bucket : Retention.Bucket.values()) {
      Long count = at.longOrNull(bucket.words());
      if (count != null) {
        buckets.put(bucket, count.intValue());
      }
    }
    return buckets;
  }
}
