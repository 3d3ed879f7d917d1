package holdfast.verify;

import holdfast.plan.ConnectionSpec;
import holdfast.restore.Databases;
import holdfast.source.Servers;
import holdfast.source.Target;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database and a role of the proof's own on a server that the plan names for proofs. */
final class ServerScratch implements Scratch {

  static final String PREFIX = "holdfast_proof_";

  private static final Logger LOG = LoggerFactory.getLogger(ServerScratch.class);
  private static final int PASSWORD_BYTES = 24;

  private final Servers servers;
  private final ConnectionSpec connection;
  private final DataSource server;
  private final String name;
  private final Servers.Reach reach;
  private final String password;
  private boolean created;
  private boolean admitted;

  ServerScratch(Servers servers, ConnectionSpec connection, String runId) {
    this.servers = servers;
    this.connection = connection;
    this.server = servers.dataSource(connection, "postgres");
    this.name = PREFIX + runId;
    this.reach = servers.reach(connection, name);
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    this.password = HexFormat.of().formatHex(random);
  }

  @Override
  public void create() {
    Databases.create(server, name, connection.name());
    created = true;
  }

  @Override
  public void drop() {
    Databases.drop(server, name, connection.name());
    created = false;
  }

  @Override
  public DataSource owner() {
    return servers.dataSource(connection, name);
  }

  @Override
  public Target target() {
    return reach.target();
  }

  @Override
  public int major() throws SQLException {
    return Reader.major(server);
  }

  @Override
  public void admitReader() throws SQLException {
    try (Connection owner = servers.dataSource(connection, name).getConnection()) {
      admitted = true; // whatever fails from here on, the role may be there
      Reader.admit(owner, name, false);
      owner
          .unwrap(PGConnection.class)
          .alterUserPassword(name, password.toCharArray(), null); // sent as a verifier only
    }
  }

  @Override
  public Connection reader(Duration limit) throws SQLException {
    DataSource copy = servers.dataSource(connection, name);
    return Reader.restrain(copy.getConnection(name, password), limit);
  }

  @Override
  public void close() {
    reach.close();
    try {
      if (created) {
        drop();
      }
      if (admitted) {
        dropRole(server, name);
      }
    } catch (RuntimeException | SQLException e) {
      LOG.warn("Database {} on {} was left behind: {}", name, connection.name(), e.getMessage());
    }
  }

  static void dropRole(DataSource server, String role) throws SQLException {
    try (Connection owner = server.getConnection();
        Statement statement = owner.createStatement()) {
      statement.execute("DROP ROLE IF EXISTS " + Databases.quoted(role));
    }
  }
}
