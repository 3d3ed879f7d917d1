package holdfast.harness;

import holdfast.process.PrivateCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One real PostgreSQL for all tests of a JVM, started by the first that asks. Its defaults are
 * hostile on purpose: a time zone half an hour off, dates the other way round.
 */
public final class Postgres {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Object LOCK = new Object();
  private static PrivateCluster cluster;

  private Postgres() {}

  /** The shared server. */
  public static PrivateCluster cluster() {
    synchronized (LOCK) {
      if (cluster == null) {
        cluster = start();
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::destroy));
      }
      return cluster;
    }
  }

  private static PrivateCluster start() {
    try {
      Path folder = Files.createTempDirectory("holdfast-test-pg");
      return PrivateCluster.start(
          new PrivateCluster.Options(
              folder,
              false,
              Map.of(
                  "timezone", "America/St_Johns",
                  "datestyle", "German, DMY",
                  "shared_buffers", "64MB",
                  "max_connections", "100",
                  "max_prepared_transactions", "5")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes a database of a unique name that begins with {@code prefix}, and runs {@code sql} in it.
   */
  public static String database(String prefix, String... sql) {
    String name = prefix + "_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
    run("postgres", "CREATE DATABASE \"" + name + "\"");
    run(name, sql);
    return name;
  }

  /** A superuser who, unlike all others here, is let in with that password only. */
  public static String guarded(String password) {
    String role = "guarded_" + NUMBER.incrementAndGet();
    String rules = ask("postgres", "SHOW hba_file");
    run(
        "postgres",
        "CREATE ROLE " + role + " SUPERUSER LOGIN PASSWORD '" + password + "'",
        "CREATE TEMP TABLE rules (line text)",
        "COPY rules FROM '" + rules + "'",
        "COPY (SELECT 'local all "
            + role
            + " scram-sha-256' UNION ALL SELECT * FROM"
            + " (SELECT line FROM rules) AS former) TO '"
            + rules
            + "'",
        "SELECT pg_reload_conf()");
    return role;
  }

  /** Connections to one database as superuser. */
  public static PGSimpleDataSource dataSource(String database) {
    return cluster().dataSource(database);
  }

  /** Runs statements as superuser, each in a transaction of its own. */
  public static void run(String database, String... sql) {
    try (Connection connection = dataSource(database).getConnection();
        Statement statement = connection.createStatement()) {
      for (String one : sql) {
        statement.execute(one);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Asks one question with one answer, as text. */
  public static String ask(String database, String sql) {
    try (Connection connection = dataSource(database).getConnection();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "no row";
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
