package holdfast;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.Home;
import holdfast.plan.JournalSpec;
import holdfast.plan.Secrets;
import holdfast.process.PrivateCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL that holds journal and catalog: one of our own in the home folder, which a second
 * process cannot take, or the one that the plan names.
 */
final class JournalServer implements AutoCloseable {

  private static final int CONNECTIONS_MAX = 13; // one of them is the life of this process

  /**
   * A process that is stopped in the middle of a transaction, by a signal or a sleeping host, would
   * keep its locks, and with them every other node, for as long as it is.
   */
  private static final String NO_FROZEN_LOCKS = "SET idle_in_transaction_session_timeout = '20s'";

  private final @Nullable PrivateCluster cluster;
  private final HikariDataSource connections;

  JournalServer(Home home, JournalSpec spec, Secrets secrets) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("journal");
    pool.setMaximumPoolSize(CONNECTIONS_MAX);
    pool.setMinimumIdle(1);
    pool.setConnectionInitSql(NO_FROZEN_LOCKS);
    if (spec.url() == null) {
      cluster = start(home);
      pool.setDataSource(cluster.dataSource("postgres"));
    } else {
      cluster = null;
      pool.setJdbcUrl(spec.url());
      pool.setUsername(spec.user());
      if (spec.password() != null) {
        pool.setPassword(secrets.read(spec.password()).reveal());
      }
    }
    connections = open(pool, spec);
  }

  private static PrivateCluster start(Home home) {
    try {
      Files.createDirectories(home.state());
      Files.setPosixFilePermissions(home.state(), PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new RunException(
          Code.DENIED,
          home.state().toString(),
          false,
          "The folder %s cannot be made private to this user: %s."
              .formatted(home.state(), e.getMessage()),
          e);
    }
    return PrivateCluster.start(
        new PrivateCluster.Options(home.state().resolve("journal"), true, Map.of()));
  }

  private HikariDataSource open(HikariConfig pool, JournalSpec spec) {
    try {
      return new HikariDataSource(pool);
    } catch (RuntimeException e) {
      close();
      throw new RunException(
          Code.UNREACHABLE,
          "journal",
          true,
          spec.url() == null
              ? "The journal's private database in .holdfast/journal does not answer: look at the disk and at the log in that folder."
              : "The journal's database cannot be reached: check holdfast.journal in application.yml.",
          e);
    }
  }

  HikariDataSource connections() {
    return connections;
  }

  @Override
  @SuppressWarnings("ConstantValue") // closed from a constructor that failed, too
  public void close() {
    if (connections != null) {
      connections.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }
}
