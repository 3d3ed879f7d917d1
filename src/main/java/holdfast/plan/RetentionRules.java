package holdfast.plan;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Says where the rules about keeping points contradict themselves. */
final class RetentionRules {

  /** How many days a bucket of each kind spans at least. */
  private static final Map<Retention.Bucket, Integer> DAYS =
      Map.of(
          Retention.Bucket.DAILY, 1,
          Retention.Bucket.WEEKLY, 7,
          Retention.Bucket.MONTHLY, 28,
          Retention.Bucket.YEARLY, 365);

  private final Section at;
  private final Section bucket;
  private final List<Finding> findings;

  /** Rules of one asset. */
  RetentionRules(Section asset, List<Finding> findings) {
    this.at = asset.section("retention");
    this.bucket = asset.section("lifecycle");
    this.findings = findings;
  }

  void check() {
    DutyRules.zone(at, findings);
    Map<Retention.Bucket, Integer> buckets = RetentionReader.buckets(at);
    boolean keeps = at.has("keep-within") || at.has("keep-last") || !buckets.isEmpty();
    if (!keeps && (at.has("zone") || at.has("at-least") || at.has("take-back"))) {
      findings.add(
          Finding.error(
              at.origin(),
              at.place() + " has no rule that says which points to keep.",
              "Add keep-within, keep-last, hourly, daily, weekly, monthly or yearly."));
    }
    if (at.has("keep-within")) {
      minimum(Amounts.duration(at.text("keep-within")));
      lifecycle(Amounts.duration(at.text("keep-within")));
    }
    idle(buckets);
  }

  private void minimum(Duration within) {
    Duration atLeast = at.duration("at-least", Retention.AT_LEAST);
    if (within.compareTo(atLeast) < 0) {
      findings.add(
          Finding.warning(
              at.origin("keep-within"),
              "%s.keep-within is shorter than at-least (%s), and nothing younger is removed."
                  .formatted(at.place(), Amounts.words(atLeast)),
              "Write %s or more, or a shorter at-least.".formatted(Amounts.words(atLeast))));
    }
  }

  private void lifecycle(Duration within) {
    if (bucket.has("expire-after")
        && Amounts.duration(bucket.text("expire-after")).compareTo(within) < 0) {
      findings.add(
          Finding.error(
              bucket.origin("expire-after"),
              "%s expires data that retention keeps for %s."
                  .formatted(bucket.place(), Amounts.words(within)),
              "Write expire-after: %s or more.".formatted(at.text("keep-within"))));
    }
  }

  /** A coarse rule that reaches no further back than a finer one keeps nothing of its own. */
  private void idle(Map<Retention.Bucket, Integer> buckets) {
    Map<Retention.Bucket, Integer> days = new EnumMap<>(Retention.Bucket.class);
    buckets.forEach((kind, count) -> days.put(kind, DAYS.getOrDefault(kind, 0) * count));
    for (Retention.Bucket coarse : days.keySet()) {
      for (Retention.Bucket fine : days.keySet()) {
        if (fine.compareTo(coarse) < 0 && days.get(fine) >= days.get(coarse)) {
          findings.add(
              Finding.warning(
                  at.origin(coarse.words()),
                  "%s keeps %s %d, which reaches no further back than %s %d."
                      .formatted(
                          at.place(),
                          coarse.words(),
                          buckets.get(coarse),
                          fine.words(),
                          buckets.get(fine)),
                  "Write a larger number, or remove it."));
          return;
        }
      }
    }
  }
}
