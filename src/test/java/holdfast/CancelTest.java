package holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import holdfast.camel.Starter;
import holdfast.catalog.Catalog;
import holdfast.catalog.Manifest;
import holdfast.catalog.Point;
import holdfast.harness.Postgres;
import holdfast.journal.Code;
import holdfast.journal.Ids;
import holdfast.journal.Pulse;
import holdfast.journal.Reconciler;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.restore.Retrieval;
import holdfast.restore.Worker;
import holdfast.source.Sources;
import holdfast.source.Target;
import holdfast.store.Store;
import holdfast.store.Stores;
import holdfast.stream.KeyRing;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.exception.AbortedException;

/** Whoever cancels a restore or a proof ends its programs too, and is told so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CancelTest {

  /** Takes the whole dump, then works on for hours without reading, as for an index. */
  private static final String INDEXING = "cat >/dev/null; exec /bin/sleep 86399";

  /** Never reads: the dump's next bytes have nowhere to go. */
  private static final String DEAF = "exec /bin/sleep 86399";

  private static final Duration SECONDS = Duration.ofSeconds(20);

  private final Programs programs = new Programs();
  private House house;
  private Runs runs;

  @BeforeAll
  void start() {
    House.Wishes wishes = new House.Wishes();
    wishes.database = Postgres.database("big", BIG);
    house = House.of(wishes).start(programs.argument());
    runs = house.bean(Runs.class);
    assertThat(house.backup().failure()).isNull();
  }

  /** More than fits into any pipe, however well it is compressed on the way. */
  private static final String[] BIG = {
    "CREATE TABLE users (id int PRIMARY KEY, word text)",
    "INSERT INTO users SELECT i, md5(i::text) FROM generate_series(1, 60000) i"
  };

  @AfterEach
  void behave() {
    programs.behave();
  }

  @AfterAll
  void end() {
    house.close();
  }

  @Test
  void a_cancelled_restore_ends_pg_restore_while_it_builds_indexes() {
    programs.restore(INDEXING);
    cancelledRestore("while_indexing");
  }

  @Test
  void a_cancelled_restore_ends_pg_restore_that_takes_no_more_bytes() {
    programs.restore(DEAF);
    cancelledRestore("while_deaf");
  }

  private void cancelledRestore(String copy) {
    Starter starter = house.bean(Starter.class);
    String run = starter.restore("latest:" + House.ASSET, "prod/" + copy, "tester");
    await().atMost(SECONDS).until(CancelTest::sleeping);
    runs.cancel(run, "tester");
    await().atMost(SECONDS).until(() -> !sleeping());
    Run ended = house.ended(run);
    assertThat(ended.state()).as(ended.failure()).isEqualTo(Run.State.CANCELLED);
    assertThat(ended.failure()).contains("cancelled by tester");
    assertThat(Postgres.ask("postgres", "SELECT 1 FROM pg_database WHERE datname = '" + copy + "'"))
        .isEqualTo("no row");
  }

  @Test
  void a_cancelled_proof_ends_pg_restore_too() {
    programs.restore(INDEXING);
    String run = house.bean(Starter.class).verify("latest:" + House.ASSET, "tester");
    await().atMost(SECONDS).until(CancelTest::sleeping);
    runs.cancel(run, "tester");
    await().atMost(SECONDS).until(() -> !sleeping());
    assertThat(house.ended(run).failure()).contains("cancelled by tester");
  }

  @Test
  void a_restore_whose_process_is_gone_names_the_database_that_may_be_left() {
    programs.restore(INDEXING);
    String run =
        house.bean(Starter.class).restore("latest:" + House.ASSET, "prod/left_behind", "tester");
    await().atMost(SECONDS).until(CancelTest::sleeping);
    await().atMost(SECONDS).until(() -> closedAsAbandoned(run));
    assertThat(runs.find(run).orElseThrow().failure()).contains("prod/left_behind", "drop it");
    await().atMost(SECONDS).until(() -> !sleeping());
  }

  /** As if no heartbeat had come for a minute; the one of this process may still come between. */
  private boolean closedAsAbandoned(String run) throws SQLException {
    try (Connection journal = house.bean(DataSource.class).getConnection();
        Statement statement = journal.createStatement()) {
      statement.execute("UPDATE runs SET alive_until = now() WHERE id = '" + run + "'");
    }
    house.bean(Reconciler.class).closeLapsed();
    return runs.find(run).orElseThrow().state() == Run.State.ABANDONED;
  }

  private static boolean sleeping() {
    return ProcessHandle.allProcesses()
        .anyMatch(process -> process.info().commandLine().orElse("").endsWith("sleep 86399"));
  }

  @Test
  void a_library_that_tells_of_the_interrupt_in_its_own_way_does_not_hide_the_cancel() {
    Point point = house.point();
    Point.Copy copy = point.copies().get(0);
    Run run = runs.begin(request(point));
    Stores stores = name -> interruptible(house.bean(Stores.class).named(name), run);
    Retrieval retrieval =
        new Retrieval(
            stores,
            house.bean(KeyRing.class),
            house.bean(Sources.class),
            house.bean(Catalog.class)::signature);
    Manifest manifest =
        Manifest.parse(point.manifest().getBytes(StandardCharsets.UTF_8), point.id());
    Target nowhere = new Target("127.0.0.1", 1, "nobody", null, "disable", "nothing");
    Worker worker = new Worker();
    try (Pulse pulse = Pulse.start(runs, run, Duration.ofDays(1), worker::stop)) {
      assertThatThrownBy(() -> retrieval.load(copy, manifest, nowhere, pulse))
          .asInstanceOf(InstanceOfAssertFactories.type(RunException.class))
          .extracting(RunException::code)
          .isEqualTo(Code.CANCELLED);
    } finally {
      worker.done();
    }
  }

  private Runs.Request request(Point point) {
    String id = house.bean(Ids.class).next();
    return new Runs.Request(id, Run.Kind.RESTORE, point.asset(), "cli", "tester", null, point.id());
  }

  /** A store whose objects are read until the run is cancelled, and then end as S3's do. */
  private Store interruptible(Store store, Run run) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("open")) {
                return endless(run);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private InputStream endless(Run run) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        runs.cancel(run.id(), "tester");
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          throw AbortedException.create("Thread was interrupted", e);
        }
        return -1;
      }
    };
  }
}
