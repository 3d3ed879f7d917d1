package holdfast.retention;

import java.time.Instant;
import java.util.List;

/**
 * All points of one asset that are not gone, and the time.
 *
 * @param newestKnown the newest time that somebody else than this host's clock vouches for
 */
public record History(List<Known> points, Instant now, Instant newestKnown) {

  public History {
    points = List.copyOf(points);
  }
}
