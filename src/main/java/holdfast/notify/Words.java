package holdfast.notify;

import holdfast.journal.Event;
import holdfast.notify.Letter.Fact;
import holdfast.notify.Letter.Tone;
import holdfast.plan.Asset;
import holdfast.plan.Plans;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    };
  }

  private Letter good(Event event) {
    String size = size(event, "plainBytes", "");
    String took = seconds(event, "seconds");
    String figure = size.isEmpty() ? took : size;
    boolean proofFollows =
        asset(event).map(asset -> asset.verification().afterBackup()).orElse(false);
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
    String took = seconds(event, "restoreSeconds");
    String target = target(event).map(rto -> " of " + Amounts.length(rto.toSeconds())).orElse("");
    return letter(
        event,
        Tone.GOOD,
        "proven" + (took.isEmpty() ? "" : ", restored in " + took),
        "PROVEN",
        took,
        target.isEmpty() ? "to restore it" : "to restore it, against a target" + target,
        "The recovery point was restored into an empty server and answered every query as expected.",
        "Nothing.");
  }

  private Letter proofFailed(Event event) {
    return letter(
        event,
        Tone.BAD,
        "PROOF FAILED, do not rely on this point",
        "PROOF FAILED",
        "",
        "",
        text(event, "reason", text(event, "failure", "The restored copy is not as it should be.")),
        "Keep the older points. Mend what the reason names, then run: holdfast backup %s"
            .formatted(event.asset()));
  }

  private Letter proofImpossible(Event event) {
    return letter(
        event,
        Tone.WARNING,
        "could not be verified",
        "COULD NOT VERIFY",
        "",
        "",
        text(event, "reason", text(event, "failure", "The proof could not be carried out.")),
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
        text(event, "failure", "The backup failed."),
        (again ? "It may work as it is. Run: " : "Mend what the sentence names, then run: ")
            + "holdfast backup "
            + event.asset());
  }

  private Letter missed(Event event) {
    String count = text(event, "count", "1");
    return letter(
        event,
        Tone.WARNING,
        count.equals("1") ? "a backup was missed" : count + " backups were missed",
        "MISSED",
        count,
        count.equals("1") ? "scheduled time without a run" : "scheduled times without a run",
        "Schedule %s was due while nothing ran.".formatted(text(event, "schedule", "")),
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
        text(event, "failure", "Another backup of the same asset was still running."),
        "Nothing, if it stays rare. Else let the schedules lie further apart.");
  }

  private Letter restored(Event event) {
    String took = seconds(event, "restoreSeconds");
    String figure = took.isEmpty() ? seconds(event, "seconds") : took;
    return letter(
        event,
        Tone.GOOD,
        "restored" + ending(figure, ""),
        "RESTORED",
        figure,
        "to restore it",
        "Recovery point %s was restored into %s."
            .formatted(event.point(), text(event, "target", "its target")),
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
        text(event, "failure", "The restore failed."),
        "Mend what the sentence names and start the restore again.");
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
            facts(event),
            next));
  }

  private List<Fact> facts(Event event) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("What", event.asset().toString()));
    facts.add(new Fact("When", Amounts.moment(event.at(), zone(event))));
    add(facts, "Data of", moment(event, "snapshotAt"));
    add(facts, "First missed", moment(event, "first"));
    add(facts, "Took", seconds(event, "seconds"));
    add(facts, "Size", sizes(event));
    add(facts, "Copies", text(event, "stores", ""));
    add(facts, "Restored in", seconds(event, "restoreSeconds"));
    add(facts, "Queries", text(event, "answers", ""));
    add(facts, "Reason", text(event, "reason", ""));
    add(facts, "Started by", text(event, "trigger", ""));
    add(facts, "Point", event.point());
    add(facts, "Run", event.runId());
    return facts;
  }

  private static String sizes(Event event) {
    String sealed = size(event, "sealedBytes", " compressed and sealed");
    String plain = size(event, "plainBytes", "");
    return plain.isEmpty() || sealed.isEmpty() ? plain + sealed : plain + ", " + sealed;
  }

  private static void add(List<Fact> facts, String label, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      facts.add(new Fact(label, value));
    }
  }

  private static String ending(String first, String second) {
    String both = first.isEmpty() || second.isEmpty() ? first + second : first + " in " + second;
    return both.isEmpty() ? "" : ", " + both;
  }

  private static String text(Event event, String fact, String absent) {
    Object value = event.facts().get(fact);
    if (value instanceof List<?> many) {
      return many.stream().map(String::valueOf).reduce((a, b) -> a + ", " + b).orElse(absent);
    }
    return value == null ? absent : value.toString();
  }

  private static String seconds(Event event, String fact) {
    Object value = event.facts().get(fact);
    return value instanceof Number seconds ? Amounts.length(seconds.doubleValue()) : "";
  }

  private static String size(Event event, String fact, String suffix) {
    Object value = event.facts().get(fact);
    return value instanceof Number bytes ? Amounts.size(bytes.longValue()) + suffix : "";
  }

  private String moment(Event event, String fact) {
    try {
      Object value = event.facts().get(fact);
      return value == null ? "" : Amounts.moment(Instant.parse(value.toString()), zone(event));
    } catch (DateTimeParseException noTime) {
      return "";
    }
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
