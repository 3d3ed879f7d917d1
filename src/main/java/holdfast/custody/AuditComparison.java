package holdfast.custody;

import holdfast.journal.Audit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds copied entries against those in the journal. Pure. */
final class AuditComparison {

  private AuditComparison() {}

  /** The first entry at which they part, in one sentence; null where they agree. */
  static @Nullable String difference(List<Audit.Entry> copied, List<Audit.Entry> local) {
    Map<Long, Audit.Entry> there = new HashMap<>();
    local.forEach(entry -> there.put(entry.entry(), entry));
    for (Audit.Entry copy : copied) {
      Audit.Entry entry = there.get(copy.entry());
      if (entry == null) {
        return "Entry %d of the audit and what followed is gone from the journal: %s."
            .formatted(copy.entry(), words(copy));
      }
      if (!entry.equals(copy)) {
        return entry.hash().equals(entry.computed())
            ? "From entry %d on the journal tells another story: it once was %s."
                .formatted(copy.entry(), words(copy))
            : "Entry %d of the audit was changed in the journal: it once was %s."
                .formatted(copy.entry(), words(copy));
      }
    }
    return null;
  }

  private static String words(Audit.Entry entry) {
    return "%s by %s at %s, about %s"
        .formatted(entry.action(), entry.actor(), entry.at(), entry.subject());
  }
}
