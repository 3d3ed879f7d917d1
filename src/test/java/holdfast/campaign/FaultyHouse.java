package holdfast.campaign;

import static org.awaitility.Awaitility.await;

import holdfast.Application;
import holdfast.backup.Remains;
import holdfast.camel.Starter;
import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.harness.FaultyProxy;
import holdfast.harness.FaultyProxy.Fault;
import holdfast.harness.FaultyProxy.Op;
import holdfast.harness.FaultyProxy.Script;
import holdfast.harness.S3Server;
import holdfast.harness.ShiftedClock;
import holdfast.harness.Victim;
import holdfast.journal.Run;
import holdfast.journal.Runs;
import holdfast.plan.AssetId;
import holdfast.store.QuickStores;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/** An installation whose bucket is reached through a proxy that lets requests go wrong. */
final class FaultyHouse implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** What only an object in parts is asked. */
  private static final Set<Op> OF_PARTS =
      EnumSet.of(Op.CREATE, Op.PART, Op.COMPLETE, Op.ABORT, Op.LIST, Op.LIST_UPLOADS);

  private final FaultyProxy proxy = new FaultyProxy(S3Server.shared().endpoint());
  private final Depot depot = new Depot(proxy.endpoint(), "primary", false);
  private final DepotStock stock = new DepotStock(depot);
  private final ShiftedClock clock;
  private final ConfigurableApplicationContext application;

  FaultyHouse() throws IOException {
    this("1s");
  }

  /**
   * A house with that much patience with stores.
   *
   * @param storeWait as the plan writes it
   */
  FaultyHouse(String storeWait) throws IOException {
    clock = ShiftedClock.of(depot.home.resolve("clock"));
    application =
        Application.start(
            depot.home,
            "--spring.main.sources="
                + QuickStores.class.getName()
                + ","
                + Victim.Time.class.getName(),
            "--holdfast.alone=true",
            "--server.port=0",
            "--management.server.port=-1",
            "--holdfast.transfer.store-wait=" + storeWait,
            "--holdfast.transfer.store-pause=50ms");
  }

  /**
   * What came of a backup, and where the operation asks for it of its proof.
   *
   * @param word for the count
   * @param met how many requests went wrong
   */
  record Outcome(String word, int met, List<String> broken) {}

  /** Backs up, or proves where the operation belongs to that, while requests go wrong. */
  Outcome live(Op op, Script script) throws Exception {
    return op == Op.GET ? proof(script) : backup(op, script);
  }

  private Outcome proof(Script script) throws Exception {
    Run before = backup(Depot.SMALL);
    proxy.play(script);
    Run run = ended(bean(Starter.class).verify(String.valueOf(before.point()), "tester"));
    int met = proxy.met();
    proxy.play();
    return new Outcome("proof_" + run.state().name().toLowerCase(Locale.ROOT), met, List.of());
  }

  private Outcome backup(Op op, Script script) throws Exception {
    List<Script> scripts = new ArrayList<>(before(op));
    scripts.add(script);
    proxy.play(scripts.toArray(Script[]::new));
    Run run = backup(OF_PARTS.contains(op) ? Depot.ASSET : Depot.SMALL);
    clear();
    int met = proxy.met();
    proxy.play();
    clear();
    return judged(run, met);
  }

  /** What must go wrong for the operation to be asked at all. */
  private static List<Script> before(Op op) {
    Fault refused = S3Fault.all().get("403 AccessDenied");
    return switch (op) {
      case ABORT, LIST, LIST_UPLOADS -> List.of(new Script(Op.PART, call -> true, refused));
      case DELETE -> List.of(new Script(Op.PUT, call -> call > 0, refused));
      default -> List.of();
    };
  }

  /** As the service does time and again; what it may not do is tried again an hour later. */
  private void clear() {
    bean(Remains.class).clear();
    clock.move(Duration.ofMinutes(61));
  }

  private Outcome judged(Run run, int met) throws IOException {
    List<String> broken = new ArrayList<>();
    Optional<Point> point = bean(Catalog.class).find(run.id());
    boolean good = run.state() == Run.State.SUCCEEDED;
    if (good != point.isPresent()) {
      broken.add("the run is %s and its point %s".formatted(run.state(), point));
    }
    if (good && point.isPresent()) {
      Point.Copy copy = point.get().copies().get(0);
      if (!stock.sha256("primary", copy.key()).equals(point.get().sealedSha256())) {
        broken.add("%s is called good and is not".formatted(run.id()));
      }
    } else if (stock.points("primary").contains(run.id())) {
      broken.add("%s failed and left %s".formatted(run.id(), stock.keys("primary")));
    }
    if (stock.unfinished() > 0) {
      broken.add("%d uploads were left by %s".formatted(stock.unfinished(), run.state()));
    }
    return new Outcome(good ? "good" : "failed", met, broken);
  }

  /** Whether a backup is good although requests are refused when {@code error} says so. */
  boolean survives(BooleanSupplier error) throws Exception {
    Fault busy = S3Fault.all().get("503 SlowDown");
    proxy.play(
        Stream.of(Op.values())
            .map(op -> new Script(op, call -> error.getAsBoolean(), busy))
            .toArray(Script[]::new));
    Run run = backup(Depot.ASSET);
    proxy.play();
    return run.state() == Run.State.SUCCEEDED && judged(run, 0).broken().isEmpty();
  }

  /**
   * What came of a backup whose store is away for so long once it has the first part.
   *
   * @param good whether the point is, and is what it says
   * @param begun how many uploads were begun: more than one is a start from the beginning
   * @param refused how many requests went wrong
   */
  record Outage(boolean good, int begun, int refused) {}

  /** Backs up while the store is away for {@code time}, from the second part on. */
  Outage outage(Duration time) throws Exception {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger parts = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    AtomicBoolean away = new AtomicBoolean();
    Fault gone = S3Fault.all().get("no answer, and nothing done");
    proxy.play(
        Stream.of(Op.values())
            .map(
                op ->
                    new Script(
                        op,
                        call -> {
                          begun.addAndGet(op == Op.CREATE ? 1 : 0);
                          away.compareAndSet(false, op == Op.PART && parts.incrementAndGet() == 2);
                          refused.addAndGet(away.get() ? 1 : 0);
                          return away.get();
                        },
                        gone))
            .toArray(Script[]::new));
    String run = bean(Starter.class).backup(AssetId.parse(Depot.ASSET), "cli", "tester");
    await("the outage").atMost(PATIENCE).until(away::get);
    long end = System.nanoTime() + time.toNanos();
    await("its end").atMost(time.plus(PATIENCE)).until(() -> System.nanoTime() >= end);
    away.set(false);
    Run ended = ended(run);
    proxy.play();
    boolean good = ended.state() == Run.State.SUCCEEDED && judged(ended, 0).broken().isEmpty();
    return new Outage(good, begun.get(), refused.get());
  }

  private Run backup(String asset) {
    return ended(bean(Starter.class).backup(AssetId.parse(asset), "cli", "tester"));
  }

  private Run ended(String runId) {
    Runs runs = bean(Runs.class);
    return await("the end of " + runId)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> runs.find(runId).filter(Run::over), Optional::isPresent)
        .orElseThrow();
  }

  private <T> T bean(Class<T> type) {
    return application.getBean(type);
  }

  @Override
  public void close() throws IOException {
    application.close();
    depot.close();
    proxy.close();
  }
}
