package holdfast.verify;

import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.plan.ConnectionSpec;
import holdfast.plan.Plans;
import holdfast.process.PrivateCluster;
import holdfast.restore.Databases;
import holdfast.source.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what proofs of processes that are no more left behind, known by their run's id only. */
public final class Leftovers {

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
  private static final Pattern RUN = Pattern.compile("\\d{8}T\\d{9}-[2-9a-z]{6}");

  private final Plans plans;
  private final Runs runs;
  private final Servers servers;

  Leftovers(Plans plans, Runs runs, Servers servers) {
    this.plans = plans;
    this.runs = runs;
    this.servers = servers;
  }

  /** Call before the first proof of this process; what cannot be removed is logged. */
  public void remove() {
    Path scratch = Preparation.folder(plans.home());
    if (Files.isDirectory(scratch)) {
      try (Stream<Path> folders = Files.list(scratch)) {
        folders.filter(folder -> dead(folder.getFileName().toString())).forEach(this::remove);
      } catch (IOException e) {
        LOG.warn("The folder {} cannot be read: {}", scratch, e.getMessage());
      }
    }
    String name = plans.installation().scratch().connection();
    ConnectionSpec connection = name == null ? null : plans.installation().connections().get(name);
    if (connection != null) {
      removeDatabases(connection);
    }
  }

  /** A private scratch folder is this process's alone, so any that is there is dead. */
  private static boolean dead(String name) {
    return RUN.matcher(name).matches();
  }

  private void remove(Path folder) {
    try {
      PrivateCluster.remove(folder);
      LOG.info("Removed {}, which a proof left behind", folder);
    } catch (RunException e) {
      LOG.warn("The scratch folder {} was left behind: {}", folder, e.getMessage());
    }
  }

  private void removeDatabases(ConnectionSpec connection) {
    DataSource server = servers.dataSource(connection, "postgres");
    try {
      for (String name : databases(server)) {
        String run = name.substring(ServerScratch.PREFIX.length());
        if (dead(run) && !running(run)) {
          Databases.drop(server, name, connection.name());
          ServerScratch.dropRole(server, name);
          LOG.info("Dropped {} on {}, which a proof left behind", name, connection.name());
        }
      }
    } catch (SQLException | RunException e) {
      LOG.warn("Leftovers on {} were not looked for: {}", connection.name(), e.getMessage());
    }
  }

  private boolean running(String run) {
    return runs.find(run).map(Run::state).orElse(null) == Run.State.RUNNING;
  }

  private static List<String> databases(DataSource server) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = server.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT datname FROM pg_database")) {
      while (rows.next()) {
        if (rows.getString(1).startsWith(ServerScratch.PREFIX)) {
          names.add(rows.getString(1));
        }
      }
    }
    return names;
  }
}
