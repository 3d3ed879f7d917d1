package holdfast.notify;

import holdfast.incident.Notice;
import holdfast.plan.Severity;

/** What everybody may read of an incident. Pure. */
final class StatusWords {

  private StatusWords() {}

  /** Escalations and reminders are nobody's business outside. */
  static boolean shown(Notice notice, boolean known) {
    return switch (notice.type()) {
      case OPENED, ACKNOWLEDGED, REOPENED, CUSTOMER -> true;
      case RESOLVED -> known;
      case ESCALATED, REPEATED -> !known;
      case UPDATED, DIGEST, TEST -> false;
    };
  }

  static String status(Notice notice) {
    return switch (notice.type()) {
      case ACKNOWLEDGED -> "identified";
      case RESOLVED -> "resolved";
      default -> "investigating";
    };
  }

  static String name(Notice notice) {
    if (notice.type() == Notice.Type.CUSTOMER) {
      return notice.title();
    }
    return notice.system().isEmpty() ? "Disruption" : "Disruption of " + notice.system();
  }

  static String body(Notice notice) {
    return switch (notice.type()) {
      case CUSTOMER -> notice.sentence();
      case ACKNOWLEDGED -> "We are working on it.";
      case RESOLVED -> "The disruption is over.";
      default -> "We are looking into it.";
    };
  }

  static String impact(Notice notice) {
    return switch (notice.severity()) {
      case CRITICAL -> "critical";
      case HIGH -> "major";
      case MEDIUM, LOW -> notice.severity() == Severity.MEDIUM ? "minor" : "none";
    };
  }
}
