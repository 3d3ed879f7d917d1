package holdfast.alarm;

import java.util.List;

/** One way in which sources write their events. */
interface Format {

  /** Whether an event is written this way. */
  boolean reads(Event event);

  /** What it says; empty where it says nothing. */
  List<Draft> drafts(Event event);
}
