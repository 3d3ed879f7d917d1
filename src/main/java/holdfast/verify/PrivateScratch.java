package holdfast.verify;

import holdfast.process.PrivateCluster;
import holdfast.restore.Databases;
import holdfast.source.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server of the proof's own: unix socket only, not durable, gone afterwards. */
final class PrivateScratch implements Scratch {

  private static final Logger LOG = LoggerFactory.getLogger(PrivateScratch.class);
  private static final String DATABASE = "proof";
  private static final String ROLE = "holdfast_reader";

  private final PrivateCluster cluster;

  private PrivateScratch(PrivateCluster cluster) {
    this.cluster = cluster;
  }

  static PrivateScratch start(Path folder) {
    return new PrivateScratch(
        PrivateCluster.start(new PrivateCluster.Options(folder, false, Map.of())));
  }

  @Override
  public void create() {
    Databases.create(cluster.dataSource("postgres"), DATABASE, "of the proof");
  }

  @Override
  public void drop() {
    Databases.drop(cluster.dataSource("postgres"), DATABASE, "of the proof");
  }

  @Override
  public DataSource owner() {
    return cluster.dataSource(DATABASE);
  }

  @Override
  public Target target() {
    return new Target(
        cluster.socketFolder().toString(),
        cluster.port(),
        cluster.user(),
        null,
        "disable",
        DATABASE);
  }

  @Override
  public int major() throws SQLException {
    return Reader.major(cluster.dataSource("postgres"));
  }

  @Override
  public void admitReader() throws SQLException {
    try (Connection owner = cluster.dataSource(DATABASE).getConnection()) {
      Reader.admit(owner, ROLE, true);
    }
  }

  @Override
  public Connection reader(Duration limit) throws SQLException {
    return Reader.restrain(cluster.dataSource(DATABASE, ROLE).getConnection(), limit);
  }

  @Override
  public void close() {
    try {
      cluster.destroy();
    } catch (RuntimeException e) {
      LOG.warn("The scratch server in {} was left behind: {}", cluster.folder(), e.getMessage());
    }
  }
}
