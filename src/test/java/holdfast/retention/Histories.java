package holdfast.retention;

import holdfast.catalog.Point;
import holdfast.plan.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Histories and policies out of a seed: gaps, floods, chains, damage, holds, locks, readers. */
final class Histories {

  static final Instant START = Instant.parse("2026-01-31T00:30:00Z");
  private static final List<String> ZONES =
      List.of("UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Africa/Cairo");
  private static final long USUAL = 1_000_000;

  private final Random random;

  Histories(long seed) {
    this.random = new Random(seed);
  }

  History history() {
    List<Known> points = new ArrayList<>();
    Instant at = START;
    int count = random.nextInt(50);
    Duration step = Duration.ofMinutes(10 + random.nextInt(60 * 24 * (1 + random.nextInt(20))));
    for (int i = 0; i < count; i++) {
      at = at.plus(step.multipliedBy(1 + random.nextInt(3)).dividedBy(1 + random.nextInt(3)));
      points.add(point(i, at, points));
    }
    Instant now = at.plus(Duration.ofHours(random.nextInt(24 * 40)));
    return new History(points, now, now.minus(Duration.ofHours(random.nextInt(48))));
  }

  private Known point(int number, Instant moment, List<Known> before) {
    // Some hold data of a moment long before they were made, and some of one yet to come.
    Instant at = one(40) ? moment.plus(Duration.ofDays(400)) : moment;
    Instant madeAt = one(30) ? moment.plus(Duration.ofDays(random.nextInt(60))) : moment;
    String id = "p%03d".formatted(number);
    return new Known(
        id,
        state(),
        one(10),
        at,
        madeAt,
        one(6) ? 1 + random.nextInt(1000) : USUAL + random.nextInt((int) USUAL / 2),
        parents(before),
        !one(15),
        one(25) ? List.of(new Hold("h" + id, id, "a lawsuit", "ada", START, null)) : List.of(),
        one(20) ? Map.of("primary", lock(moment)) : Map.of(),
        one(40) ? List.of("restore r" + id) : List.of());
  }

  private Instant lock(Instant moment) {
    return one(5) ? Instant.MAX : moment.plus(Duration.ofDays(random.nextInt(200)));
  }

  private Point.State state() {
    int dice = random.nextInt(20);
    return dice < 9
        ? Point.State.PROVEN
        : dice < 16 ? Point.State.GOOD : dice < 18 ? Point.State.SUSPECT : Point.State.CORRUPT;
  }

  private List<String> parents(List<Known> before) {
    if (before.isEmpty() || !one(3)) {
      return List.of();
    }
    Known last = before.get(before.size() - 1);
    return one(8)
        ? List.of("gone", before.get(random.nextInt(before.size())).id())
        : List.of(last.id());
  }

  Retention policy() {
    Map<Retention.Bucket, Integer> buckets = new EnumMap<>(Retention.Bucket.class);
    for (Retention.Bucket bucket : Retention.Bucket.values()) {
      if (one(3)) {
        buckets.put(bucket, 1 + random.nextInt(12));
      }
    }
    return new Retention(
        one(2) ? Duration.ofDays(1 + random.nextInt(300)) : null,
        one(2) ? 1 + random.nextInt(20) : null,
        buckets,
        ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))),
        Duration.ofDays(1 + random.nextInt(30)),
        Duration.ofDays(1 + random.nextInt(7)));
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  /** A good point of the usual size. */
  static Known good(String id, Instant at) {
    return of(id, Point.State.GOOD, at, USUAL);
  }

  static Known of(String id, Point.State state, Instant at, long bytes) {
    return new Known(
        id, state, false, at, at, bytes, List.of(), true, List.of(), Map.of(), List.of());
  }
}
