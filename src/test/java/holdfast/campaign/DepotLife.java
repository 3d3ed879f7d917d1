package holdfast.campaign;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.core.ConditionTimeoutException;

/** A depot whose service dies again and again, and what was found there afterwards. */
final class DepotLife implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(200);

  /** What every restart passes by itself, without any backup. */
  private static final String STEP = "step ";

  private final Depot depot = new Depot();
  private final Lives lives = new Lives(depot.home);
  private final DepotStock stock = new DepotStock(depot);
  private final Set<String> known = new HashSet<>();
  private final Map<String, Integer> found = new HashMap<>();
  private final List<String> failures = new ArrayList<>();

  DepotLife() throws IOException {}

  /** Every point that a backup and its proof pass when nobody dies. */
  List<String> points() throws Exception {
    lives.node();
    lives.shallDieAt(List.of());
    lives.reached();
    begin();
    until("a first backup and its proof", () -> proven() == 1);
    List<String> reached = lives.reached();
    judge();
    return reached.stream().filter(DepotLife::isOfBackups).toList();
  }

  /** Others belong to timers, and come by whatever happens. */
  private static boolean isOfBackups(String point) {
    boolean route = point.contains("backup-") || point.contains("verify-");
    return point.startsWith("store ")
        || point.contains(STEP) && route
        || point.contains(" in ") && route;
  }

  /** Backs up until the service dies at that point; false when it did not come by it. */
  boolean backup(String point) throws Exception {
    lives.node();
    lives.shallDieAt(List.of(point));
    begin();
    long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (!lives.through() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
    boolean passed = lives.through();
    lives.shallDieAt(List.of());
    return passed;
  }

  /** Backs up, and is killed so long after that. */
  void backup(Duration moment) throws Exception {
    lives.node();
    lives.shallDieAt(List.of());
    begin();
    LockSupport.parkNanos(moment.toNanos());
    lives.kill();
  }

  private void begin() throws IOException, InterruptedException {
    try {
      lives.node().post("/api/v1/backups", Map.of("asset", Depot.ASSET));
    } catch (IOException died) {
      // whoever asks may hear nothing of a service that dies on it
    }
  }

  /** How long it took from an answering service until nothing half done was left. */
  Duration clean() throws Exception {
    lives.node();
    long began = System.nanoTime();
    Set<String> open = new HashSet<>(ids("state IN ('QUEUED', 'RUNNING')"));
    until("the end of what was interrupted", () -> isClean(open));
    Duration taken = Duration.ofNanos(System.nanoTime() - began);
    judge();
    return taken;
  }

  private boolean isClean(Set<String> open) throws IOException {
    Set<String> running = new HashSet<>(ids("state IN ('QUEUED', 'RUNNING')"));
    return running.stream().noneMatch(open::contains)
        && stock.unfinished() == unfinishedOf(running)
        && suspects() == 0
        && orphans().isEmpty();
  }

  /** A backup that was begun again since has an upload of its own. */
  private int unfinishedOf(Set<String> running) throws IOException {
    return running.isEmpty() ? 0 : stock.unfinished();
  }

  private int suspects() {
    return count("SELECT count(*) FROM copies WHERE state IN ('SUSPECT', 'MISSING', 'CORRUPT')");
  }

  /** Folders of points that neither the catalog knows nor a run is about to make. */
  private Set<String> orphans() throws IOException {
    Set<String> there = new HashSet<>(stock.points("primary"));
    there.addAll(stock.points("shelf"));
    there.removeAll(texts("SELECT id FROM points"));
    there.removeAll(ids("state IN ('QUEUED', 'RUNNING')"));
    return there;
  }

  /** Every good point is what it says, and none that was good before is not any more. */
  private void judge() throws IOException {
    Set<String> good =
        new HashSet<>(texts("SELECT id FROM points WHERE state IN ('GOOD', 'PROVEN')"));
    known.stream().filter(id -> !good.contains(id)).forEach(id -> note("lost", id + " is lost"));
    for (String id : good) {
      if (!known.contains(id)) {
        bytes(id);
      }
    }
    known.addAll(good);
    int orphans =
        orphans().size()
            + (texts("SELECT id FROM runs WHERE state = 'RUNNING'").isEmpty()
                ? stock.unfinished()
                : 0);
    for (int i = 0; i < orphans; i++) {
      note("orphans", "something is left that nobody knows");
    }
  }

  /** Every copy that counts has the bytes that its run has sealed. */
  private void bytes(String id) throws IOException {
    List<Map<String, Object>> copies =
        depot
            .journal()
            .sql(
                """
                SELECT store, key, sealed_sha256 FROM copies JOIN points ON points.id = copies.point
                WHERE points.id = :id AND copies.state IN ('GOOD', 'PROVEN')""")
            .param("id", id)
            .query()
            .listOfRows();
    for (Map<String, Object> copy : copies) {
      String sha256 = stock.sha256("" + copy.get("store"), "" + copy.get("key"));
      if (!sha256.equals(copy.get("sealed_sha256"))) {
        note("bad", "%s in %s is called good and is not".formatted(id, copy.get("store")));
      }
    }
    if (copies.isEmpty()) {
      note("bad", id + " is called good and has no copy");
    }
  }

  /** At the end: every byte once more, and two points are restored and asked. */
  void judgeAll() throws Exception {
    known.clear();
    judge();
    List<String> points =
        texts("SELECT id FROM points WHERE state IN ('GOOD', 'PROVEN') ORDER BY id");
    for (String point : List.of(points.get(0), points.get(points.size() - 1))) {
      JsonNode run = lives.node().post("/api/v1/verifications", Map.of("point", point));
      String id = run.path("run").asText();
      until(
          "a proof of " + point,
          () -> !ids("id = '" + id + "' AND ended_at IS NOT NULL").isEmpty());
      if (ids("id = '" + id + "' AND state = 'SUCCEEDED'").isEmpty()) {
        note("bad", point + " is called good and cannot be restored");
      }
    }
  }

  private void note(String what, String sentence) {
    found.merge(what, 1, Integer::sum);
    failures.add(sentence);
  }

  Map<String, Integer> found() {
    return Map.copyOf(found);
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  int good() {
    return count("SELECT count(*) FROM points WHERE state IN ('GOOD', 'PROVEN')");
  }

  int proven() {
    return count("SELECT count(*) FROM points WHERE state = 'PROVEN'");
  }

  int adopted() {
    return count("SELECT count(*) FROM points WHERE origin = 'STORE'");
  }

  private List<String> ids(String condition) {
    return texts("SELECT id FROM runs WHERE " + condition);
  }

  private List<String> texts(String sql) {
    return depot.journal().sql(sql).query(String.class).list();
  }

  private int count(String sql) {
    return depot.journal().sql(sql).query(Integer.class).single();
  }

  private void until(String what, Callable<Boolean> done) throws IOException {
    try {
      await(what).atMost(PATIENCE).pollInterval(LOOK).until(done);
    } catch (ConditionTimeoutException late) {
      throw new IllegalStateException(
          "%s did not come; runs: %s; copies: %s; uploads: %d; orphans: %s%n%s"
              .formatted(
                  what,
                  depot
                      .journal()
                      .sql("SELECT id, kind, state, failure FROM runs ORDER BY id DESC LIMIT 5")
                      .query()
                      .listOfRows(),
                  depot
                      .journal()
                      .sql(
                          "SELECT point, store, state, problem, claimed_until FROM copies WHERE state NOT IN ('GOOD', 'PROVEN')")
                      .query()
                      .listOfRows(),
                  stock.unfinished(),
                  orphans(),
                  lives.lastWords()),
          late);
    }
  }

  @Override
  public void close() throws IOException {
    lives.close();
    depot.close();
  }
}
