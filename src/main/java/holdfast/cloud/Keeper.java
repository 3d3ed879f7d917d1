package holdfast.cloud;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes one kind of thing in one region. */
interface Keeper {

  Change.Kind kind();

  /** What the plan wants. */
  List<Thing> wanted(Place place);

  /** What is there: all that is wanted, and what bears a name of ours. */
  List<Thing> found(Place place);

  /** One thing as it is there now. */
  Optional<Thing> find(Place place, String name);

  /**
   * Makes it as wanted.
   *
   * @param there whether a thing of that name is there, with our tag
   */
  void put(Place place, String name, boolean there);

  /** Removes a thing of ours. */
  void remove(Place place, String name);

  /** What else a person should know of a thing that is wanted; absent where all is plain. */
  default @Nullable String note(Place place, String name) {
    return null;
  }
}
