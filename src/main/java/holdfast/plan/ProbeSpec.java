package holdfast.plan;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What Holdfast looks at by itself, and how often.
 *
 * @param system the system that declares it; with {@code name} its identity
 * @param component whose trouble a failure is
 * @param every from one look to the next
 * @param timeout a look that takes longer has failed; shorter than {@code every}
 * @param failures so many looks in a row must fail before somebody hears of it
 */
public record ProbeSpec(
    String system,
    String name,
    String component,
    Duration every,
    Duration timeout,
    int failures,
    Severity severity,
    Target target,
    Origin origin) {

  /** As people write it. */
  public String id() {
    return system + "/" + name;
  }

  /** What a look is taken at. */
  public sealed interface Target {

    /** As operators write the kind. */
    String kind();

    /** Where the trouble lies when a look fails. */
    Situation situation();

    /** Whether a failure means that the component cannot be used. */
    default boolean countsForAvailability() {
      return true;
    }
  }

  /**
   * A page that must answer.
   *
   * @param status the only answer that is well
   * @param contains a text that the first 64 KiB of the answer must hold
   */
  public record Http(URI url, int status, @Nullable String contains) implements Target {

    @Override
    public String kind() {
      return "http";
    }

    @Override
    public Situation situation() {
      return Situation.APPLICATION;
    }

    /** The address without its query, which may hold a secret. */
    public String shown() {
      return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }
  }

  /** A database that must let us in and answer one query. */
  public record Database(String connection, String database) implements Target {

    @Override
    public String kind() {
      return "database";
    }

    @Override
    public Situation situation() {
      return Situation.DATABASE;
    }
  }

  /**
   * A replica that must not fall behind, asked itself or through its primary.
   *
   * @param most how old the newest replayed transaction may be while newer ones wait
   */
  public record ReplicaLag(String connection, String database, Duration most) implements Target {

    @Override
    public String kind() {
      return "replica-lag";
    }

    @Override
    public Situation situation() {
      return Situation.REPLICATION;
    }

    /** A replica that lags takes nothing away from those who use the primary. */
    @Override
    public boolean countsForAvailability() {
      return false;
    }
  }
}
