package holdfast.verify;

import holdfast.source.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** A place made for one proof, where a point is loaded and asked, and which goes with it. */
interface Scratch extends AutoCloseable {

  /** Makes the empty database that a copy is loaded into. */
  void create();

  /** Drops it again, so that another copy can be tried. */
  void drop();

  /** Connections to that database as who owns it. */
  DataSource owner();

  /** The empty database, for loading. */
  Target target();

  /** The major version of the server. */
  int major() throws SQLException;

  /** Makes the role that may only read, once the copy is loaded. */
  void admitReader() throws SQLException;

  /** A connection as that role, in a read-only transaction under {@code limit} per statement. */
  Connection reader(Duration limit) throws SQLException;

  /** Removes everything; never throws. */
  @Override
  void close();
}
