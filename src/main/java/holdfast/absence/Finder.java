package holdfast.absence;

import java.time.Instant;
import java.util.List;

/** Finds what is absent at a moment; what is told of it, and when, is the {@link Siren}'s. */
interface Finder {

  /** The troubles there are now; empty when nothing is absent. */
  List<Trouble> troubles(Instant now);
}
