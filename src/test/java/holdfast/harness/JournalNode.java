package holdfast.harness;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import holdfast.journal.Audience;
import holdfast.journal.Audit;
import holdfast.journal.Ids;
import holdfast.journal.JournalConfiguration;
import holdfast.journal.Life;
import holdfast.journal.Outbox;
import holdfast.journal.Outcomes;
import holdfast.journal.Reconciler;
import holdfast.journal.Runs;
import holdfast.journal.Transaction;
import holdfast.process.UnixSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One node's journal on a real PostgreSQL database; several nodes share one database.
 *
 * @param database its name in {@link Postgres}
 */
public record JournalNode(
    String database,
    DataSource source,
    Transaction transaction,
    Audit audit,
    Outbox outbox,
    Life life,
    Outcomes outcomes,
    Runs runs,
    Reconciler reconciler,
    Ids ids) {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final int RECENT = 8;
  private static final Deque<HikariDataSource> LAST = new ArrayDeque<>();
  private static final ScheduledExecutorService KEEPER =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "kept-connections");
            thread.setDaemon(true);
            return thread;
          });
  private static @Nullable String migrated;

  /** A node on a new, migrated database; every asset is heard of by {@code channels}. */
  public static JournalNode fresh(InstantSource clock, String... channels) {
    String database = "journal_of_test_" + NUMBER.incrementAndGet();
    Postgres.run("postgres", "CREATE DATABASE %s TEMPLATE %s".formatted(database, template()));
    return on(database, clock, channels);
  }

  private static synchronized String template() {
    if (migrated == null) {
      String database = Postgres.database("journal");
      JournalConfiguration.migrated(Postgres.dataSource(database));
      migrated = database;
    }
    return migrated;
  }

  /** Another node on the same database. */
  public JournalNode sibling(InstantSource clock, String... channels) {
    return on(database, clock, channels);
  }

  /** Claims for one channel, as the routes of its kind do, with the shipped statement. */
  public List<Map<String, Object>> claim(String channel) {
    return Claiming.claim(transaction, life, channel);
  }

  /** Lets go of connections that are kept, for those who must be alone with the database. */
  public void letGo() {
    if (source instanceof HikariDataSource pool) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
  }

  /** Runs statements on the database as superuser. */
  public void sql(String... statements) {
    Postgres.run(database, statements);
  }

  /**
   * A node in a process of its own, on a database that another process has made; its end is seen by
   * the others.
   */
  public static JournalNode at(
      Path socketFolder, String user, String database, InstantSource clock, String... channels) {
    PGSimpleDataSource connections = UnixSocket.dataSource(socketFolder, 5432, user, database);
    connections.setOptions("-c idle_in_transaction_session_timeout=20s");
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(connections);
    return on(database, new HikariDataSource(pool), true, clock, channels);
  }

  /**
   * Connections that are kept, as the service keeps them. Those of nodes that are not among the
   * last made are closed when they are given back, so that many nodes do not fill the server.
   */
  private static synchronized DataSource kept(String database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(Postgres.dataSource(database));
    config.setMinimumIdle(0);
    config.setMaximumPoolSize(20);
    config.setScheduledExecutor(KEEPER);
    HikariDataSource pool = new HikariDataSource(config);
    LAST.add(pool);
    if (LAST.size() > RECENT) {
      LAST.remove().getHikariPoolMXBean().softEvictConnections();
    }
    return pool;
  }

  private static JournalNode on(String database, InstantSource clock, String... channels) {
    return on(database, kept(database), false, clock, channels);
  }

  private static JournalNode on(
      String database, DataSource source, boolean alive, InstantSource clock, String... channels) {
    Transaction transaction = Transaction.on(source);
    Audit audit = new Audit(transaction, clock);
    Outbox outbox = new Outbox(transaction, clock);
    Life life = new Life(source);
    Outcomes outcomes = new Outcomes(transaction, audit, life, clock);
    Audience audience = asset -> List.of(channels);
    IntSupplier number = alive ? life::number : () -> 0;
    Runs runs = new Runs(transaction, audit, outbox, audience, number, clock);
    return new JournalNode(
        database,
        source,
        transaction,
        audit,
        outbox,
        life,
        outcomes,
        runs,
        new Reconciler(runs, outcomes),
        new Ids(clock));
  }
}
