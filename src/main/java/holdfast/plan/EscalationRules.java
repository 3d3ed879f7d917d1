package holdfast.plan;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether escalation levels stand in order, and whether each reaches somebody. */
final class EscalationRules {

  private static final LocalDate A_MONDAY = LocalDate.of(2026, 6, 1);
  private static final DateTimeFormatter WORDS =
      DateTimeFormatter.ofPattern("EEEE 'at' HH:mm", Locale.ENGLISH);

  private final Section all;
  private final List<Finding> findings;

  EscalationRules(Section all, List<Finding> findings) {
    this.all = all;
    this.findings = findings;
  }

  /** The levels of a system. */
  void check(String system) {
    if (all.sections("escalation").isEmpty()) {
      findings.add(
          Finding.warning(
              all.origin(),
              "Nobody is called when something is wrong with system '%s'.".formatted(system),
              "Add contacts: and escalation:, who is called and how long after."));
    }
    levels();
    for (Section level : all.sections("escalation")) {
      nobody(level, "contacts", "calls nobody", "Name at least one contact.");
      nobody(level, "channels", "uses no channel", "Name at least one channel.");
    }
  }

  /** Their numbers and times. */
  void levels() {
    List<Section> levels = all.sections("escalation");
    int number = 0;
    for (int i = 0; i < levels.size(); i++) {
      Section level = levels.get(i);
      boolean branch = i > 0 && level.number("level", 0) == number && level.has("when");
      if (branch) {
        together(level, levels.get(i - 1));
      } else {
        number++;
        inOrder(level, number, i == 0 ? null : levels.get(i - 1));
      }
    }
    levels.forEach(this::hours);
    gaps(levels);
  }

  private void hours(Section level) {
    Section hours = level.section("when").section("hours");
    if (level.section("when").has("hours")) {
      DutyRules.zone(hours, findings);
    }
  }

  /** A level whose every entry has hours calls nobody outside them, which few would mean. */
  private void gaps(List<Section> levels) {
    Map<String, List<Section>> entries = new LinkedHashMap<>();
    for (Section level : levels) {
      entries.computeIfAbsent(level.text("level"), number -> new ArrayList<>()).add(level);
    }
    entries.forEach(
        (number, branches) -> {
          if (branches.stream().allMatch(branch -> branch.section("when").has("hours"))) {
            gap(branches)
                .ifPresent(
                    at ->
                        findings.add(
                            Finding.warning(
                                branches.get(0).origin(),
                                "Escalation level %s calls nobody at some hours, such as %s."
                                    .formatted(number, at),
                                "Add an entry of that level with other hours, or with none.")));
          }
        });
  }

  /** A moment of an ordinary week that none of the hours contains, in words. */
  private static Optional<String> gap(List<Section> branches) {
    List<Hours> hours;
    try {
      hours =
          branches.stream()
              .map(branch -> DutyReader.hours(branch.section("when").section("hours")))
              .toList();
    } catch (DateTimeException unknown) {
      return Optional.empty(); // said already, with its line
    }
    ZoneId zone = hours.get(0).zone();
    ZonedDateTime monday = ZonedDateTime.of(A_MONDAY.atStartOfDay(), zone);
    return Stream.iterate(monday, at -> at.plusMinutes(15))
        .limit(7 * 24 * 4)
        .filter(at -> hours.stream().noneMatch(one -> one.contains(at.toInstant())))
        .findFirst()
        .map(at -> WORDS.format(at) + " in " + zone);
  }

  private void together(Section branch, Section before) {
    if (!after(branch).equals(after(before))) {
      error(
          branch.origin("after"),
          "A branch of escalation level %s is reached at another time than the level."
              .formatted(branch.text("level")),
          "Write %s, or another number.".formatted(before.text("after")));
    }
  }

  private void inOrder(Section level, int number, @Nullable Section before) {
    if (level.number("level", 0) != number) {
      error(
          level.origin("level"),
          "Escalation level %s stands in place %d.".formatted(level.text("level"), number),
          "Number the levels 1, 2, 3 in the order they are reached.");
    }
    if (before != null && after(level).compareTo(after(before)) <= 0) {
      error(
          level.origin("after"),
          "Escalation level %s is not reached later than the level before it."
              .formatted(level.text("level")),
          "Write more than %s.".formatted(before.text("after")));
    }
  }

  private static Duration after(Section level) {
    return Amounts.duration(level.text("after"));
  }

  private void nobody(Section level, String field, String words, String fix) {
    if (level.texts(field).isEmpty()) {
      error(
          level.origin(field),
          "Escalation level %s %s.".formatted(level.text("level"), words),
          fix);
    }
  }

  private void error(Origin origin, String what, String fix) {
    findings.add(Finding.error(origin, what, fix));
  }
}
