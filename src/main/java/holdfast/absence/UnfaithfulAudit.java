package holdfast.absence;

import holdfast.custody.AuditCopies;
import holdfast.incident.Sentences;
import holdfast.plan.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An audit that was changed, or of which there is no young copy elsewhere. */
final class UnfaithfulAudit implements Finder {

  /** How long an entry may be in the journal alone. */
  static final Duration COPIED = Duration.ofHours(3);

  /** How long ago the copies may have been compared. */
  static final Duration COMPARED = Duration.ofDays(2);

  private final AuditCopies copies;

  UnfaithfulAudit(AuditCopies copies) {
    this.copies = copies;
  }

  @Override
  public List<Trouble> troubles(Instant now) {
    AuditCopies.Standing standing = copies.standing(COPIED);
    List<Trouble> found = new ArrayList<>();
    if (!standing.problems().isEmpty()) {
      found.add(
          told(
              "changed",
              Severity.CRITICAL,
              "The audit was changed",
              String.join(" ", standing.problems())));
    }
    for (String store : standing.behind()) {
      found.add(
          told(
              "behind-" + store,
              Severity.MEDIUM,
              "The audit is not copied to %s".formatted(store),
              "Entries of more than %s ago are in the journal alone: 'holdfast audit verify' says why."
                  .formatted(Sentences.span(COPIED))));
    }
    Instant compared = standing.comparedAt();
    if (compared != null && compared.plus(COMPARED).isBefore(now)) {
      found.add(
          told(
              "uncompared",
              Severity.MEDIUM,
              "The copies of the audit are not compared",
              "They last were at %s.".formatted(Sentences.time(compared))));
    }
    return found;
  }

  private static Trouble told(String key, Severity severity, String title, String text) {
    return new Trouble(key, severity, Trouble.about("the audit"), title, text);
  }
}
