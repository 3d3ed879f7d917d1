package holdfast.notify;

import holdfast.journal.Event;
import holdfast.notify.Letter.Tone;
import holdfast.plan.Asset;
import holdfast.plan.Plans;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Finds the words for an event. Pure: the same event always reads the same. */
final class Words {

  private final Plans plans;

  Words(Plans plans) {
    this.plans = plans;
  }

  Letter of(Event event) {
    return switch (event.type()) {
      case POINT_GOOD -> good(event);
      case POINT_PROVEN -> proven(event);
      case PROOF_FAILED -> proofFailed(event);
      case PROOF_IMPOSSIBLE -> proofImpossible(event);
      case BACKUP_FAILED -> backupFailed(event);
      case BACKUP_MISSED -> missed(event);
      case BACKUP_SKIPPED -> skipped(event);
      case RESTORE_DONE -> restored(event);
      case RESTORE_FAILED -> restoreFailed(event);
      case COPY_FAILED -> copyFailed(event);
    };
  }

  private Letter good(Event event) {
    String size = FactLines.size(event, "plainBytes", "");
    String took = FactLines.seconds(event, "seconds");
    String figure = size.isEmpty() ? took : size;
    boolean proofFollows = Boolean.TRUE.equals(event.facts().get("proofFollows"));
    return letter(
        event,
        Tone.GOOD,
        "backup good" + ending(figure, took.equals(figure) ? "" : took),
        "GOOD",
        figure,
        "read from the source",
        "A new recovery point of %s is complete and its copies were checked."
            .formatted(event.asset()),
        proofFollows
            ? "Nothing. It is being proven by a restore now; the verdict follows."
            : "Prove it when it suits: holdfast verify " + event.point());
  }

  private Letter proven(Event event) {
    String took = FactLines.seconds(event, "restoreSeconds");
    String target = target(event).map(rto -> " of " + Amounts.length(rto.toSeconds())).orElse("");
    boolean slow = Boolean.FALSE.equals(event.facts().get("rtoMet"));
    return letter(
        event,
        slow ? Tone.WARNING : Tone.GOOD,
        "proven" + (slow ? ", but slowly" : "") + (took.isEmpty() ? "" : ", restored in " + took),
        "PROVEN",
        took,
        target.isEmpty() ? "to restore it" : "to restore it, against a target" + target,
        "The recovery point was restored into an empty server and answered every query as expected.",
        slow
            ? "The data is safe. Make the restore faster, or agree on a longer target."
            : "Nothing.");
  }

  private Letter proofFailed(Event event) {
    return letter(
        event,
        Tone.BAD,
        "PROOF FAILED, do not rely on this point",
        "PROOF FAILED",
        "",
        "",
        FactLines.text(
            event,
            "reason",
            FactLines.text(event, "failure", "The restored copy is not as it should be.")),
        "%s Mend what the reason names, then run: holdfast backup %s"
            .formatted(older(event), event.asset()));
  }

  private static String older(Event event) {
    Object previous = event.facts().get("previousPoint");
    return previous == null
        ? "There is no older point."
        : "Rely on %s (%s) until then."
            .formatted(previous, FactLines.text(event, "previousState", "older"));
  }

  private Letter proofImpossible(Event event) {
    return letter(
        event,
        Tone.WARNING,
        "could not be verified",
        "COULD NOT VERIFY",
        "",
        "",
        FactLines.text(
            event,
            "reason",
            FactLines.text(event, "failure", "The proof could not be carried out.")),
        "The point is neither proven nor refuted. Mend the reason, then run: holdfast verify "
            + (event.point() == null ? "latest:" + event.asset() : event.point()));
  }

  private Letter backupFailed(Event event) {
    boolean again = Boolean.TRUE.equals(event.facts().get("retryable"));
    return letter(
        event,
        Tone.BAD,
        "BACKUP FAILED",
        "BACKUP FAILED",
        "",
        "",
        FactLines.text(event, "failure", "The backup failed."),
        (again ? "It may work as it is. Run: " : "Mend what the sentence names, then run: ")
            + "holdfast backup "
            + event.asset());
  }

  private Letter missed(Event event) {
    String count = FactLines.text(event, "count", "1");
    return letter(
        event,
        Tone.WARNING,
        count.equals("1") ? "a backup was missed" : count + " backups were missed",
        "MISSED",
        count,
        count.equals("1") ? "scheduled time without a run" : "scheduled times without a run",
        "Schedule %s was due while nothing ran.".formatted(FactLines.text(event, "schedule", "")),
        "See that the service runs all the time. To catch up now, run: holdfast backup "
            + event.asset());
  }

  private Letter skipped(Event event) {
    return letter(
        event,
        Tone.WARNING,
        "a backup was skipped",
        "SKIPPED",
        "",
        "",
        FactLines.text(event, "failure", "Another backup of the same asset was still running."),
        "Nothing, if it stays rare. Else let the schedules lie further apart.");
  }

  private Letter restored(Event event) {
    String took = FactLines.seconds(event, "restoreSeconds");
    String figure = took.isEmpty() ? FactLines.seconds(event, "seconds") : took;
    return letter(
        event,
        Tone.GOOD,
        "restored" + ending(figure, ""),
        "RESTORED",
        figure,
        "to restore it",
        "Recovery point %s was restored into %s."
            .formatted(event.point(), FactLines.text(event, "target", "its target")),
        "Look at the restored data before anybody works with it.");
  }

  private Letter restoreFailed(Event event) {
    return letter(
        event,
        Tone.BAD,
        "RESTORE FAILED",
        "RESTORE FAILED",
        "",
        "",
        FactLines.text(event, "failure", "The restore failed."),
        "Mend what the sentence names and start the restore again.");
  }

  private Letter copyFailed(Event event) {
    return letter(
        event,
        Tone.WARNING,
        "copy not made",
        "COPY NOT MADE",
        "",
        "",
        FactLines.text(event, "failure", "A copy was not made."),
        "The point itself is good; the copy is tried again by itself.");
  }

  private Letter letter(
      Event event,
      Tone tone,
      String headline,
      String verdict,
      String figure,
      String figureLabel,
      String sentence,
      String next) {
    return Encoding.lines(
        new Letter(
            tone,
            event.asset() + ": " + headline,
            verdict,
            figure,
            figureLabel,
            sentence,
            FactLines.of(event, zone(event)),
            next,
            ""));
  }

  private static String ending(String first, String second) {
    String both = first.isEmpty() || second.isEmpty() ? first + second : first + " in " + second;
    return both.isEmpty() ? "" : ", " + both;
  }

  private Optional<Asset> asset(Event event) {
    return plans.asset(event.asset());
  }

  private Optional<Duration> target(Event event) {
    return asset(event).flatMap(plans::component).map(component -> component.objectives().rto());
  }

  private ZoneId zone(Event event) {
    return asset(event).stream()
        .flatMap(asset -> asset.schedules().stream())
        .map(schedule -> schedule.zone())
        .findFirst()
        .orElse(ZoneOffset.UTC);
  }
}
