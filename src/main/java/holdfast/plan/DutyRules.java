package holdfast.plan;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether rotations, maintenance windows and quiet hours can be read and mean something. */
final class DutyRules {

  private final Section all;
  private final List<Finding> findings;

  DutyRules(Section all, List<Finding> findings) {
    this.all = all;
    this.findings = findings;
  }

  void check() {
    List<Section> zoned = new ArrayList<>(all.sections("on-call"));
    zoned.addAll(all.sections("maintenance"));
    zoned.add(all.section("quiet-hours"));
    zoned.forEach(this::zone);
    names();
    all.sections("on-call").forEach(this::rotation);
    all.sections("maintenance").forEach(this::window);
    Section quiet = all.section("quiet-hours");
    if (quiet.has("from") && quiet.text("from").equals(quiet.text("to"))) {
      error(
          quiet.origin("to"),
          "quiet-hours end when they begin.",
          "Write another time, or remove quiet-hours.");
    }
  }

  private void zone(Section at) {
    zone(at, findings);
  }

  /** Whether the zone that a block names is one. */
  static void zone(Section at, List<Finding> findings) {
    String zone = at.text("zone", Defaults.ZONE);
    try {
      ZoneId.of(zone);
    } catch (DateTimeException e) {
      findings.add(
          Finding.error(
              at.origin("zone"),
              "'%s' is no time zone.".formatted(Echo.of(zone)),
              Nearest.fix(
                  zone,
                  ZoneId.getAvailableZoneIds(),
                  "Write one such as UTC, Europe/Berlin or America/New_York.")));
    }
  }

  /** A level names people and rotations alike, so no two may share a name. */
  private void names() {
    Set<String> seen = new HashSet<>();
    all.sections("contacts").forEach(contact -> seen.add(contact.text("name")));
    for (Section rotation : all.sections("on-call")) {
      if (!seen.add(rotation.text("name"))) {
        error(
            rotation.origin("name"),
            "The rotation '%s' has the name of a contact or of another rotation."
                .formatted(Echo.of(rotation.text("name"))),
            "Rename one of them.");
      }
    }
  }

  private void rotation(Section rotation) {
    if (rotation.texts("people").isEmpty()) {
      error(
          rotation.origin("people"),
          "Nobody is in the rotation '%s'.".formatted(Echo.of(rotation.text("name"))),
          "Name at least one contact.");
    }
    try {
      LocalDate.parse(rotation.text("start"));
    } catch (DateTimeException e) {
      error(
          rotation.origin("start"),
          rotation.place() + ".start is no day of the calendar.",
          "Write year, month and day, such as 2027-01-31.");
    }
    rotation.sections("swaps").forEach(this::span);
  }

  private void window(Section window) {
    boolean again = window.has("cron") && window.has("length");
    boolean once = window.has("from") && window.has("to");
    boolean mixed =
        window.has("cron") != window.has("length") || window.has("from") != window.has("to");
    if (mixed || again == once) {
      error(
          window.origin(),
          "%s does not say when it is.".formatted(window.place()),
          "Write cron and length, or from and to.");
      return;
    }
    if (once) {
      span(window);
    } else {
      Cron.refusal(window.text("cron"))
          .ifPresent(refusal -> error(window.origin("cron"), refusal.what(), refusal.fix()));
    }
  }

  private void span(Section at) {
    try {
      if (!LocalDateTime.parse(at.text("from")).isBefore(LocalDateTime.parse(at.text("to")))) {
        error(
            at.origin("to"),
            "%s ends before it begins.".formatted(at.place()),
            "Write a later moment.");
      }
    } catch (DateTimeException e) {
      error(
          at.origin("from"),
          "%s names a day that the calendar lacks.".formatted(at.place()),
          "Write days and times such as 2027-01-31T09:00.");
    }
  }

  private void error(Origin origin, String what, String fix) {
    findings.add(Finding.error(origin, what, fix));
  }
}
