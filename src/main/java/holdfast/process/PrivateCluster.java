package holdfast.process;

import java.nio.file.Path;
import java.util.Map;

/**
 * A PostgreSQL server of our own: initdb in a private folder, unix socket only, under another user
 * where we are root. Used for the journal, for scratch servers and by the tests.
 */
public final class PrivateCluster implements AutoCloseable {

  /**
   * What to make.
   *
   * @param folder 0700, created if absent; an existing cluster in it is started again
   * @param durable false switches fsync off, for scratch
   * @param settings postgresql.conf settings on top
   */
  public record Options(Path folder, boolean durable, Map<String, String> settings) {}

  private final Options options;

  private PrivateCluster(Options options) {
    this.options = options;
  }

  /** Makes the cluster if it is not there, and starts it. */
  public static PrivateCluster start(Options options) {
    return new PrivateCluster(options);
  }

  /** The folder of the unix socket, for PGHOST. */
  public Path socketFolder() {
    return options.folder().resolve("socket");
  }

  public int port() {
    return 5432;
  }

  /** The superuser's name. */
  public String user() {
    return "holdfast";
  }

  /** Stops the server (fast); the folder stays. */
  @Override
  public void close() {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Stops the server (immediate) and deletes the folder; never throws for what is already gone. */
  public void destroy() {
    throw new UnsupportedOperationException("not built yet");
  }
}
