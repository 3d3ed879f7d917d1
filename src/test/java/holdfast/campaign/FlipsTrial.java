package holdfast.campaign;

import holdfast.harness.HomeFolder;
import holdfast.harness.JournalNode;
import holdfast.stream.KeyRing;
import holdfast.stream.QuickKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Every bit of a stored object of 64 KiB is flipped in turn, the object is cut at every length, its
 * blocks change places, and points change places with each other: each must be found damaged by the
 * code that restores and proves. What OpenPGP alone would have found is counted beside it.
 */
final class FlipsTrial implements Trial {

  private static final int AT_ONCE = 2;
  private static final int BLOCK = 4096;

  @Override
  public String words() {
    return "bits of a stored object that are flipped, one at a time";
  }

  @Override
  public long runs() {
    return ShelvedPoint.BYTES * 8L;
  }

  @Override
  public List<String> broken(Map<String, Object> counted) {
    List<String> broken = new ArrayList<>();
    for (String what : List.of("flips", "cuts", "swaps", "documents", "points_swapped", "proofs")) {
      if (!counted.get(what).equals(counted.get(what + "_found"))) {
        broken.add(
            "of %s %s only %s were found"
                .formatted(counted.get(what), what, counted.get(what + "_found")));
      }
    }
    return broken;
  }

  @Override
  public Map<String, Object> run(long runs, long seed) throws Exception {
    Path folder = Files.createTempDirectory("holdfast-keys");
    KeyRing keys = QuickKeys.in(folder);
    JournalNode node = JournalNode.fresh(InstantSource.system());
    try (ShelvedPoint first = new ShelvedPoint(keys, node);
        ShelvedPoint second = new ShelvedPoint(keys, node)) {
      if (!first.isWhole() || !second.isWhole()) {
        throw new IllegalStateException("An untouched point is not found whole");
      }
      Map<String, Object> counted = new LinkedHashMap<>();
      int[] bits = bits(runs, seed);
      counted.put("object_bytes", ShelvedPoint.BYTES);
      tell(counted, "flips", found(first, second, bits), bits.length);
      tell(counted, "cuts", cuts(first, runs), cut(runs).length);
      tell(counted, "swaps", swaps(first), swapped());
      tell(counted, "documents", first.documents(runs), first.documentBits(runs));
      tell(counted, "points_swapped", first.swappedWith(second), ShelvedPoint.SWAPS);
      counted.put("openpgp_alone", openpgpAlone(first, second, bits));
      counted.put("signature_alone", 0); // it is over the manifest, and says nothing of the bytes
      proofs(counted, runs, seed);
      return counted;
    } finally {
      HomeFolder.delete(folder);
    }
  }

  /** The same by the whole way: backed up, changed in the store, and asked to be proven. */
  private static void proofs(Map<String, Object> counted, long runs, long seed) throws Exception {
    int tried = (int) Math.max(4, Math.min(100, runs / 250));
    try (FlippedHouse house = new FlippedHouse()) {
      tell(counted, "proofs", house.found(tried, new Random(seed)), tried);
    }
  }

  private static void tell(Map<String, Object> counted, String what, long found, long tried) {
    counted.put(what, tried);
    counted.put(what + "_found", found);
    System.err.printf("%s: %d of %d were found%n", what, found, tried);
  }

  /** All bits, or as many drawn at random. */
  private static int[] bits(long runs, long seed) {
    int all = ShelvedPoint.BYTES * 8;
    return runs >= all
        ? IntStream.range(0, all).toArray()
        : new Random(seed).ints(0, all).distinct().limit(runs).toArray();
  }

  /** All lengths, or every so-many-th. */
  private static int[] cut(long runs) {
    int step = (int) Math.max(1, ShelvedPoint.BYTES * 8L / Math.max(1, runs));
    return IntStream.range(0, ShelvedPoint.BYTES).filter(at -> at % step == 0).toArray();
  }

  /** One asks at one point. */
  private interface Question {
    boolean isYes(ShelvedPoint point, int at) throws Exception;
  }

  private static long count(ShelvedPoint one, ShelvedPoint other, int[] all, Question question)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Long>> halves = new ArrayList<>();
      List<ShelvedPoint> points = List.of(one, other);
      for (int half = 0; half < AT_ONCE; half++) {
        int mine = half;
        halves.add(
            threads.submit(
                () -> {
                  long yes = 0;
                  for (int i = mine; i < all.length; i += AT_ONCE) {
                    yes += question.isYes(points.get(mine), all[i]) ? 1 : 0;
                  }
                  return yes;
                }));
      }
      return halves.get(0).get() + halves.get(1).get();
    } finally {
      threads.shutdown();
    }
  }

  private long found(ShelvedPoint one, ShelvedPoint other, int[] bits) throws Exception {
    return count(one, other, bits, ShelvedPoint::isFlipFound);
  }

  private static long openpgpAlone(ShelvedPoint one, ShelvedPoint other, int[] bits)
      throws Exception {
    return count(one, other, bits, ShelvedPoint::isFlipFoundByOpenPgp);
  }

  private static long cuts(ShelvedPoint point, long runs) throws Exception {
    long found = 0;
    for (int length : cut(runs)) {
      found += point.isCutFound(length) ? 1 : 0;
    }
    return found;
  }

  private static int swapped() {
    int blocks = ShelvedPoint.BYTES / BLOCK;
    return blocks * (blocks - 1) / 2;
  }

  private static long swaps(ShelvedPoint point) throws Exception {
    long found = 0;
    int blocks = ShelvedPoint.BYTES / BLOCK;
    for (int a = 0; a < blocks; a++) {
      for (int b = a + 1; b < blocks; b++) {
        found += point.isSwapFound(a * BLOCK, b * BLOCK, BLOCK) ? 1 : 0;
      }
    }
    return found;
  }
}
