package holdfast.source;

import holdfast.plan.ConnectionSpec;
import java.time.Duration;
import javax.sql.DataSource;

/** Reaches the PostgreSQL servers that the plan names; dumps, restores and proofs share it. */
public interface Servers {

  /**
   * Connections to one database. Nothing is opened before the first is asked; the password is read
   * from its place each time, and every JDBC property is set by code.
   */
  DataSource dataSource(ConnectionSpec server, String database);

  /**
   * The same for who will not wait: connecting, and each answer, may take {@code patience} at most,
   * in whole seconds from 1 up.
   */
  DataSource dataSource(ConnectionSpec server, String database, Duration patience);

  /**
   * The same database for libpq's programs.
   *
   * @throws holdfast.journal.RunException DENIED when the password cannot be read
   */
  Reach reach(ConnectionSpec server, String database);

  /** A target, and the 0600 password file behind it; closing removes that file. */
  interface Reach extends AutoCloseable {

    Target target();

    @Override
    void close();
  }
}
