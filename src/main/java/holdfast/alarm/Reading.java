package holdfast.alarm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery says.
 *
 * @param alarms empty where it was refused
 * @param refused why it cannot be read, as one sentence; absent where it was read
 */
public record Reading(List<Alarm> alarms, @Nullable String refused) {

  static Reading of(List<Alarm> alarms) {
    return new Reading(List.copyOf(alarms), null);
  }

  static Reading refused(String sentence) {
    return new Reading(List.of(), sentence);
  }
}
