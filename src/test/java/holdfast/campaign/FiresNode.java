package holdfast.campaign;

import holdfast.harness.JournalNode;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.plan.AssetId;
import holdfast.plan.Due;
import holdfast.plan.Origin;
import holdfast.plan.Schedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A lean node: {@code FiresNode SOCKET USER DATABASE BEGAN ASSETS}. It looks at the schedules of
 * its assets as the service does, and where one is due it records the fire, begins the run, has its
 * effect, and ends it. A minute of its clock takes three seconds; the clock began at {@code BEGAN},
 * in milliseconds.
 */
final class FiresNode {

  static final int FASTER = 20;
  static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

  private static final Origin ORIGIN = new Origin(Path.of("systems/fires.yml"), 1);
  private static final Schedule MINUTELY =
      new Schedule("minutely", "* * * * *", ZoneOffset.UTC, true, ORIGIN);
  private static final Duration GRACE = Duration.ofMinutes(15);
  private static final int AT_ONCE = 4;

  private final JournalNode node;
  private final InstantSource clock;
  private final List<AssetId> assets;

  private FiresNode(JournalNode node, InstantSource clock, int assets) {
    this.node = node;
    this.clock = clock;
    this.assets = assets(assets);
  }

  static List<AssetId> assets(int count) {
    return IntStream.range(0, count).mapToObj(i -> new AssetId("fires", "asset-" + i)).toList();
  }

  /** The clock of all nodes. */
  static InstantSource clock(long began) {
    InstantSource machine = InstantSource.system();
    return () -> START.plusMillis((machine.millis() - began) * FASTER);
  }

  public static void main(String[] arguments) throws InterruptedException {
    InstantSource clock = clock(Long.parseLong(arguments[3]));
    JournalNode journal =
        JournalNode.at(Path.of(arguments[0]), arguments[1], arguments[2], clock, "anybody");
    new FiresNode(journal, clock, Integer.parseInt(arguments[4])).live();
  }

  private void live() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    while (!Thread.currentThread().isInterrupted()) {
      quietly(() -> node.reconciler().closeLapsed());
      quietly(() -> node.runs().missIdle(GRACE));
      threads.invokeAll(
          assets.stream()
              .map(asset -> Executors.callable(() -> quietly(() -> wake(asset))))
              .toList());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }

  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      System.err.println(e.getMessage());
    }
  }

  private void wake(AssetId asset) {
    Instant last = node.runs().lastFire(asset, MINUTELY.name());
    Due.Fires fires = Due.due(MINUTELY, last, clock.instant());
    if (!fires.missed().isEmpty()) {
      node.runs().missed(asset, MINUTELY.name(), fires.missed());
    }
    if (fires.fire() != null) {
      fire(asset, fires.fire());
    }
  }

  private void fire(AssetId asset, Instant at) {
    String id = node.ids().next();
    Runs.Request request =
        new Runs.Request(id, Run.Kind.BACKUP, asset, "schedule:minutely", "node", at, id);
    boolean mine =
        node.transaction()
            .in(
                () -> {
                  boolean first = node.runs().fire(asset, MINUTELY.name(), at, false);
                  if (first) {
                    node.runs().queue(request);
                  }
                  return first;
                });
    if (mine) {
      run(request, at);
    }
  }

  /** The effect is committed with the end of the run, as a point is. */
  private void run(Runs.Request request, Instant at) {
    try {
      Run run = node.runs().begin(request);
      node.transaction()
          .run(
              () -> {
                node.runs().requireFence(run);
                node.transaction()
                    .sql("INSERT INTO effects (asset, fire_time, run) VALUES (:asset, :at, :run)")
                    .param("asset", request.asset().asset())
                    .param("at", at.atOffset(ZoneOffset.UTC))
                    .param("run", run.id())
                    .update();
                node.runs().succeed(run, null, List.of());
              });
    } catch (RunException e) {
      System.err.println(e.getMessage());
    }
  }
}
