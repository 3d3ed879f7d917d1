package holdfast.notify;

import holdfast.incident.CustomerNotices;
import holdfast.incident.Notice;
import holdfast.notify.Letter.Fact;
import holdfast.notify.Letter.Tone;
import holdfast.plan.EscalationLevel;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the words for what happened to an incident. Pure. */
final class NoticeWords {

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm 'UTC'");
  private static final int FACTS_MAX = 12;

  private final Plans plans;

  NoticeWords(Plans plans) {
    this.plans = plans;
  }

  /**
   * @param link opens a page that acknowledges when its reader confirms; empty for none
   */
  Letter of(Notice notice, String link) {
    Letter letter = lines(notice, link);
    return notice.type() == Notice.Type.CUSTOMER
        ? letter.saying(Encoding.prose(notice.sentence(), CustomerNotices.BODY_MAX))
        : letter;
  }

  private Letter lines(Notice notice, String link) {
    return Encoding.lines(
        new Letter(
            tone(notice),
            stem(notice) + ending(notice),
            verdict(notice),
            state(notice),
            isNew(notice) ? "" : open(notice),
            notice.sentence(),
            factsOf(notice),
            next(notice),
            link));
  }

  /** What every message about one incident begins with: {@code CRITICAL roleferry: title}. */
  static String stem(Notice notice) {
    return notice.type() == Notice.Type.CUSTOMER
        ? notice.title()
        : "%s %s: %s".formatted(verdict(notice), where(notice), notice.title());
  }

  private static String verdict(Notice notice) {
    return notice.type() == Notice.Type.TEST
        ? "TEST"
        : notice.severity().words().toUpperCase(Locale.ROOT);
  }

  /** Whether somebody shall acknowledge after reading this. */
  static boolean asks(Notice notice) {
    return switch (notice.type()) {
      case OPENED, ESCALATED, REPEATED, REOPENED -> true;
      case ACKNOWLEDGED, UPDATED, RESOLVED, DIGEST, CUSTOMER, TEST -> false;
    };
  }

  private static String where(Notice notice) {
    return notice.system().isEmpty() ? "holdfast" : notice.system();
  }

  private static Tone tone(Notice notice) {
    return switch (notice.type()) {
      case RESOLVED, TEST -> Tone.GOOD;
      case ACKNOWLEDGED, UPDATED, CUSTOMER -> Tone.WARNING;
      default -> notice.severity().atLeast(Severity.HIGH) ? Tone.BAD : Tone.WARNING;
    };
  }

  private static String ending(Notice notice) {
    return switch (notice.type()) {
      case OPENED, UPDATED, DIGEST, CUSTOMER, TEST -> "";
      case REOPENED -> " - open again";
      case ESCALATED -> " - level %d is called".formatted(notice.level());
      default -> " - " + state(notice);
    };
  }

  private static String state(Notice notice) {
    return switch (notice.type()) {
      case OPENED -> "new";
      case ESCALATED -> "nobody has acknowledged";
      case REPEATED -> "still open";
      case ACKNOWLEDGED -> "acknowledged";
      case UPDATED -> "news";
      case RESOLVED -> "resolved";
      case REOPENED -> "open again";
      case DIGEST -> "several at once";
      case CUSTOMER -> "for customers";
      case TEST -> "nothing is wrong";
    };
  }

  private static boolean isNew(Notice notice) {
    return notice.type() == Notice.Type.OPENED || notice.type() == Notice.Type.TEST;
  }

  private static String open(Notice notice) {
    Duration age = Duration.between(notice.openedAt(), notice.at());
    return age.toSeconds() < 1 ? "" : "after " + Amounts.length(age.toSeconds());
  }

  private static List<Fact> heading(Notice notice) {
    return List.of(new Fact("System", where(notice)));
  }

  private List<Fact> factsOf(Notice notice) {
    return switch (notice.type()) {
      case CUSTOMER -> heading(notice);
      case TEST ->
          List.of(
              new Fact("System", where(notice)),
              new Fact("Made", Amounts.moment(notice.openedAt(), ZoneOffset.UTC)),
              new Fact("Test", notice.incident()));
      default -> facts(notice);
    };
  }

  private List<Fact> facts(Notice notice) {
    List<Fact> facts = new ArrayList<>(heading(notice));
    facts.add(new Fact("Since", Amounts.moment(notice.openedAt(), ZoneOffset.UTC)));
    if (notice.situation() != Situation.NONE) {
      facts.add(new Fact("Kind", notice.situation().words()));
    }
    if (!notice.contacts().isEmpty()) {
      String level = notice.level() > 0 ? " (level %d)".formatted(notice.level()) : "";
      facts.add(new Fact("Called", String.join(", ", notice.contacts()) + level));
    }
    upcoming(notice).ifPresent(next -> facts.add(new Fact("Then", next)));
    if (notice.events() > 1) {
      facts.add(new Fact("Events", Long.toString(notice.events())));
    }
    notice.facts().entrySet().stream()
        .limit(FACTS_MAX)
        .forEach(fact -> facts.add(new Fact(label(fact), String.valueOf(fact.getValue()))));
    if (notice.type() != Notice.Type.DIGEST) {
      facts.add(new Fact("Incident", notice.incident()));
    }
    page(notice).ifPresent(page -> facts.add(new Fact("Page", page)));
    return facts;
  }

  private static String label(Map.Entry<String, Object> fact) {
    String words =
        Encoding.line(fact.getKey(), 30)
            .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
            .toLowerCase(Locale.ROOT);
    return words.isEmpty()
        ? "-"
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** {@code level 2 (Engineering Manager) is told at 03:10 UTC unless somebody acknowledges}. */
  private Optional<String> upcoming(Notice notice) {
    Instant at = notice.nextAt();
    if (at == null || !asks(notice)) {
      return Optional.empty();
    }
    String who =
        nextLevel(notice)
            .map(level -> "level %d%s".formatted(level.level(), people(notice, level)))
            .orElse("whoever was told");
    String again = nextLevel(notice).isPresent() ? "told" : "told again";
    return Optional.of(
        "%s is %s at %s unless somebody acknowledges"
            .formatted(who, again, MINUTE.format(at.atZone(ZoneOffset.UTC))));
  }

  /** Nobody is named where it depends on more than the number who is called. */
  private String people(Notice notice, EscalationLevel next) {
    boolean alone =
        plans.systems().stream()
                .filter(system -> system.name().equals(notice.system()))
                .flatMap(system -> system.escalation().stream())
                .filter(level -> level.level() == next.level())
                .count()
            == 1;
    return alone && next.when().equals(EscalationLevel.When.ALWAYS)
        ? " (%s)".formatted(String.join(", ", next.contacts()))
        : "";
  }

  private Optional<EscalationLevel> nextLevel(Notice notice) {
    return plans.systems().stream()
        .filter(system -> system.name().equals(notice.system()))
        .flatMap(system -> system.escalation().stream())
        .filter(level -> level.level() > notice.level())
        .min(Comparator.comparingInt(EscalationLevel::level));
  }

  private String next(Notice notice) {
    return switch (notice.type()) {
      case OPENED, ESCALATED, REPEATED, REOPENED ->
          "Say that you are on it: holdfast incident ack " + notice.incident();
      case ACKNOWLEDGED -> "Nothing, unless you are asked to help.";
      case RESOLVED, TEST -> "Nothing.";
      case UPDATED, DIGEST -> "See the open incidents: holdfast incident list";
      case CUSTOMER -> "";
    };
  }

  private Optional<String> page(Notice notice) {
    return Optional.ofNullable(plans.installation().address())
        .map(
            address ->
                notice.type() == Notice.Type.DIGEST
                    ? address + "/incidents"
                    : address + "/incidents/" + notice.incident());
  }
}
