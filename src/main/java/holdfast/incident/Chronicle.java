package holdfast.incident;

import holdfast.journal.Audit;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Writes what happens to an incident where it stays: its timeline, and the audit. */
final class Chronicle {

  private final TimelineRows timeline;
  private final Audit audit;

  Chronicle(TimelineRows timeline, Audit audit) {
    this.timeline = timeline;
    this.audit = audit;
  }

  /** A transition. */
  void add(String incident, Instant at, TimelineEntry.Kind kind, String actor, String text) {
    add(incident, at, kind, actor, text, 0);
  }

  /** A transition about an escalation level. */
  void add(
      String incident, Instant at, TimelineEntry.Kind kind, String actor, String text, int level) {
    timeline.add(incident, at, kind, actor, text, level);
    audit.append(
        actor,
        "incident." + kind.name().toLowerCase(Locale.ROOT),
        incident,
        Map.of("text", text, "level", level));
  }

  /** What is worth knowing but changes nothing. */
  void note(String incident, Instant at, TimelineEntry.Kind kind, String text) {
    timeline.add(incident, at, kind, Incident.HOLDFAST, text);
  }
}
