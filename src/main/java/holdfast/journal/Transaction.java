package holdfast.journal;

import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The journal's database: one statement at a time, or several as one transaction. */
public final class Transaction {

  private final JdbcClient client;
  private final TransactionTemplate template;

  /** On a database that is up to date. */
  public static Transaction on(DataSource journal) {
    return new Transaction(
        JdbcClient.create(journal), new TransactionTemplate(new JdbcTransactionManager(journal)));
  }

  Transaction(JdbcClient client, TransactionTemplate template) {
    this.client = client;
    this.template = template;
  }

  /** A statement, within the thread's transaction where there is one. */
  public JdbcClient.StatementSpec sql(String text) {
    return client.sql(text);
  }

  /**
   * Does {@code work} in a transaction, joining the thread's own where there is one.
   *
   * @throws RunException UNREACHABLE, retryable, when the database cannot be reached or broke off;
   *     whether a broken-off transaction was committed is then unknown, so every transition may be
   *     asked for again
   */
  public <T> T in(Supplier<T> work) {
    try {
      return template.execute(status -> work.get());
    } catch (TransactionException
        | DataAccessResourceFailureException
        | RecoverableDataAccessException
        | TransientDataAccessException lost) {
      throw new RunException(
          Code.UNREACHABLE,
          "journal",
          true,
          "The journal's database cannot be reached or broke off: check that its PostgreSQL server"
              + " runs, has room and accepts connections.",
          lost);
    } catch (DataAccessException refused) {
      throw new RunException(
          Code.INTERNAL,
          "journal",
          false,
          "The journal's database refused a statement, which is a defect of Holdfast: please report"
              + " it with the service's log.",
          refused);
    }
  }

  /** {@link #in} for work without a result. */
  public void run(Runnable work) {
    in(
        () -> {
          work.run();
          return Boolean.TRUE;
        });
  }

  /** Throws unless the thread is within a transaction. */
  static void required() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("call this within the transaction it protects");
    }
  }
}
