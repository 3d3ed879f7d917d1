package holdfast.cloud;

import holdfast.cloud.Change.Difference;
import holdfast.cloud.Change.Kind;
import holdfast.cloud.Change.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what applying comes to. Pure. What does not carry the system's tag is never ours. */
final class AlarmPlan {

  private AlarmPlan() {}

  /** The things wanted in their order, then the things found beside them. */
  static List<Change> decide(String system, Kind kind, List<Thing> wanted, List<Thing> found) {
    Map<String, Thing> rest = new LinkedHashMap<>();
    found.forEach(thing -> rest.put(thing.name(), thing));
    List<Change> changes = new ArrayList<>();
    wanted.forEach(thing -> changes.add(of(system, kind, thing, rest.remove(thing.name()))));
    for (Thing thing : rest.values()) {
      if (thing.owner() == null) {
        changes.add(beside(kind, thing, State.FOREIGN, "Holdfast did not make it."));
      } else if (thing.owner().equals(system)) {
        changes.add(beside(kind, thing, State.OBSOLETE, "The plan no longer wants it."));
      }
    }
    return changes;
  }

  /** One thing that is wanted. */
  static Change of(String system, Kind kind, Thing wanted, @Nullable Thing found) {
    List<Difference> differences =
        differences(found == null ? Map.of() : found.fields(), wanted.fields());
    if (found == null) {
      return new Change(kind, wanted.name(), State.CREATE, differences, null, null);
    }
    if (!system.equals(found.owner())) {
      return new Change(kind, wanted.name(), State.TAKEN, differences, taken(system, found), null);
    }
    State state = differences.isEmpty() ? State.SAME : State.CHANGE;
    return new Change(kind, wanted.name(), state, differences, null, null);
  }

  private static String taken(String system, Thing found) {
    return found.owner() == null
        ? "Somebody else made it: give it the tag holdfast=%s if Holdfast shall keep it, or take another name."
            .formatted(system)
        : "It belongs to system %s: take another name.".formatted(found.owner());
  }

  private static Change beside(Kind kind, Thing thing, State state, String note) {
    return new Change(kind, thing.name(), state, List.of(), note, null);
  }

  private static List<Difference> differences(
      Map<String, String> found, Map<String, String> wanted) {
    Set<String> fields = new LinkedHashSet<>(wanted.keySet());
    fields.addAll(found.keySet());
    return fields.stream()
        .map(field -> new Difference(field, found.get(field), wanted.get(field)))
        .filter(one -> !Objects.equals(one.found(), one.wanted()))
        .toList();
  }
}
