package holdfast.incident;

import java.util.List;

/**
 * What became of alarms.
 *
 * @param opened ids of the incidents they opened
 * @param reopened ids of the incidents they opened again
 * @param joined ids of the incidents they belong to besides
 * @param repeated how many were taken before, and were passed over
 */
public record Taken(List<String> opened, List<String> reopened, List<String> joined, int repeated) {

  /** Of no alarms at all. */
  static final Taken NOTHING = new Taken(List.of(), List.of(), List.of(), 0);
}
