package holdfast.incident;

import holdfast.alarm.Alarm;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What further troubles add to an incident, as far as it decides who is called. */
final class Wider {

  /** A storm of names decides nothing that these do not. */
  private static final int MOST = 1000;

  private final Set<String> alarms = new LinkedHashSet<>();
  private final Set<String> systems = new LinkedHashSet<>();

  /** Notes what {@code alarm}, which joins it, is called and whose it is. */
  void by(Incident incident, Alarm alarm) {
    add(alarms, alarm.name(), incident.alarms());
    String system = alarm.subject().system();
    if (system != null && !system.equals(incident.system())) {
      add(systems, system, incident.systems());
    }
  }

  private static void add(Collection<String> to, String name, List<String> known) {
    if (!known.contains(name) && known.size() + to.size() < MOST) {
      to.add(name);
    }
  }

  Set<String> alarms() {
    return alarms;
  }

  Set<String> systems() {
    return systems;
  }
}
