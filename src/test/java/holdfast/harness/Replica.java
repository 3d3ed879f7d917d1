package holdfast.harness;

import holdfast.process.PrivateCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real primary and a real replica of its own that streams from it. */
public final class Replica implements AutoCloseable {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "wal_level", "replica",
          "max_wal_senders", "4",
          "shared_buffers", "16MB",
          "max_connections", "20",
          "wal_receiver_status_interval", "1s",
          "timezone", "America/St_Johns");

  private final PrivateCluster primary;
  private final PrivateCluster replica;

  private Replica(PrivateCluster primary, PrivateCluster replica) {
    this.primary = primary;
    this.replica = replica;
  }

  /** Makes both; the replica begins with a copy of the primary. */
  public static Replica start() throws IOException, InterruptedException {
    PrivateCluster primary = cluster(Files.createTempDirectory("holdfast-test-primary"));
    Path folder = Files.createTempDirectory("holdfast-test-replica");
    Shell.of(primary)
        .run(
            "pg_basebackup -D %s/data -R -X stream -c fast && chown -R --reference=%s/data %s/data"
                .formatted(folder, primary.folder(), folder));
    return new Replica(primary, cluster(folder));
  }

  private static PrivateCluster cluster(Path folder) {
    return PrivateCluster.start(new PrivateCluster.Options(folder, false, SETTINGS));
  }

  public PrivateCluster primary() {
    return primary;
  }

  public PrivateCluster replica() {
    return replica;
  }

  @Override
  public void close() {
    replica.destroy();
    primary.destroy();
  }
}
