package holdfast.bench;

import holdfast.harness.Holdfast;
import holdfast.harness.HomeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Holdfast beside what a person would run by hand, in turns, on the same servers: {@code [--scale
 * N] [--json]}. Scale 1 is a database of about 1.5 GB.
 */
public final class Bench {

  private static final int ROUNDS = 5;
  private static final int RESTORES = 3;
  private static final int STARTS = 3;
  private static final int LARGER = 6;
  private static final long IDLE_SECONDS = 20;
  private static final double SIZE_TOLERANCE = 0.02;
  private static final double MEGA = 1e6;

  private final Workshop workshop;
  private final double scale;
  private final Seconds starts = new Seconds("start");
  private final Seconds floor = new Seconds("floor");
  private final Seconds tuned = new Seconds("tuned");
  private final Seconds seed = new Seconds("seed");
  private final Seconds holdfast = new Seconds("holdfast");
  private final Seconds restoreTuned = new Seconds("by hand");
  private final Seconds restoreHoldfast = new Seconds("holdfast");

  private Bench(Workshop workshop, double scale) {
    this.workshop = workshop;
    this.scale = scale;
  }

  /** Prints the figures; with {@code --json} one document on stdout and the rest on stderr. */
  public static void main(String[] arguments) throws Exception {
    List<String> given = Arrays.asList(arguments);
    int at = given.indexOf("--scale");
    double scale = at < 0 ? 1 : Double.parseDouble(given.get(at + 1));
    Path folder = Files.createTempDirectory("holdfast-bench");
    Files.delete(folder);
    Figures figures;
    try (Workshop workshop = Workshop.open(folder)) {
      figures = new Bench(workshop, scale).run();
    } finally {
      HomeFolder.delete(folder);
    }
    System.out.print(given.contains("--json") ? figures.json() + "\n" : figures.words());
    System.exit(0);
  }

  private static void say(String line, Object... parts) {
    System.err.println(line.formatted(parts));
  }

  private Figures run() throws Exception {
    say("Making the sample database …");
    say("It has %.0f MB.", workshop.fill(scale) / MEGA);
    double idle = starts();
    try (Holdfast service = Holdfast.serve(workshop.folder())) {
      ByHoldfast ours = new ByHoldfast(service);
      backups(ours);
      double peak = Memory.peak(service.pid());
      restores(ours);
      double larger = larger(ours, service.pid());
      return new Figures(
          floor.median(),
          tuned.median(),
          seed.median(),
          holdfast.median(),
          restoreTuned.median(),
          restoreHoldfast.median(),
          peak,
          larger,
          starts.best(),
          idle);
    }
  }

  /** The first makes the journal; what is idle is looked at after the last. */
  private double starts() throws Exception {
    for (int i = 1; i < STARTS; i++) {
      start().close();
    }
    try (Holdfast service = start()) {
      say("%s", starts);
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(IDLE_SECONDS));
      return Memory.peak(service.pid());
    }
  }

  private Holdfast start() throws Exception {
    Holdfast[] started = new Holdfast[1];
    starts.measure(
        () -> {
          started[0] = Holdfast.serve(workshop.folder());
          started[0].get("/api/v1/status");
        });
    return started[0];
  }

  /** In turns, so that whatever else this machine does meets all of them. */
  private void backups(ByHoldfast ours) throws Exception {
    ByHand byHand = workshop.byHand();
    byHand.floor(); // the page cache is warm for the first, too
    for (int round = 0; round < ROUNDS; round++) {
      floor.measure(byHand::floor);
      boolean oursFirst = round % 2 == 1;
      double theirTime = oursFirst ? 0 : tuned.measure(byHand::tuned);
      double ourTime = holdfast.measure(ours::backup);
      theirTime = oursFirst ? tuned.measure(byHand::tuned) : theirTime;
      say("pair %d: %.2f s by hand, %.2f s Holdfast", round + 1, theirTime, ourTime);
    }
    requireSameSize(byHand.bytes(), ours.bytes());
    seed.measure(byHand::seed); // once: it takes long, and nobody is near it
    List.of(floor, tuned, seed, holdfast).forEach(contestant -> say("%s", contestant));
  }

  private static void requireSameSize(long byHand, long ours) throws IOException {
    say("Objects: %.1f MB by hand, %.1f MB Holdfast", byHand / MEGA, ours / MEGA);
    if (Math.abs(ours - byHand) > SIZE_TOLERANCE * byHand) {
      throw new IOException("The objects differ in size by more than 2 %: the bench is not fair.");
    }
  }

  private void restores(ByHoldfast ours) throws Exception {
    ByHand byHand = workshop.byHand();
    for (int round = 0; round < RESTORES; round++) {
      restoreTuned.measure(() -> byHand.restore("restored_by_hand"));
      workshop.drop("restored_by_hand");
      restoreHoldfast.measure(() -> ours.restore("restored"));
      workshop.drop("restored");
    }
    say("Restores:%n%s%n%s", restoreTuned, restoreHoldfast);
  }

  private double larger(ByHoldfast ours, long pid) throws Exception {
    workshop.sweep();
    say("Making it %d times as large …", LARGER);
    say("It has %.0f MB.", workshop.grow(LARGER) / MEGA);
    ours.backup();
    return Memory.peak(pid);
  }
}
