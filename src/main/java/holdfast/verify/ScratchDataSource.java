package holdfast.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connections to the copy under proof, as a role that may only read, in a read-only transaction
 * under a time limit. Without an open proof there are none.
 */
public final class ScratchDataSource extends AbstractDataSource {

  /** Gives connections to one restored copy. */
  interface Copy {
    Connection connect() throws SQLException;
  }

  private final AtomicReference<@Nullable Copy> open = new AtomicReference<>();

  void open(Copy copy) {
    if (!open.compareAndSet(null, copy)) {
      throw new IllegalStateException("another proof is open");
    }
  }

  void shut() {
    open.set(null);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Copy copy = open.get();
    if (copy == null) {
      throw new SQLException("No proof is open, so there is no copy to ask.");
    }
    return ReadOnlyConnection.around(copy.connect());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLException("The copy under proof is asked by its own role only.");
  }
}
