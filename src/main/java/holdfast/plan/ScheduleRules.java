package holdfast.plan;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Whether an asset's schedules can be read, and whether they can keep what was promised. */
final class ScheduleRules {

  private static final LocalDateTime START = LocalDateTime.of(2024, 1, 1, 0, 0);
  private static final LocalDateTime END = START.plusDays(500);
  private static final int MOST_FIRES = 20_000;

  private final Section asset;
  private final List<Finding> findings;

  ScheduleRules(Section asset, List<Finding> findings) {
    this.asset = asset;
    this.findings = findings;
  }

  void check() {
    List<Section> schedules = asset.sections("schedules");
    int before = findings.size();
    schedules.forEach(this::cron);
    schedules.forEach(this::zone);
    if (findings.size() == before) {
      enough(schedules.stream().filter(schedule -> schedule.flag("enabled", true)).toList());
    }
  }

  /** When a block with a cron and a zone of its own is due; both may be left out. */
  static void when(Section at, List<Finding> findings) {
    ScheduleRules rules = new ScheduleRules(at, findings);
    if (at.has("cron")) {
      rules.cron(at);
    }
    rules.zone(at);
  }

  private void cron(Section schedule) {
    Cron.refusal(schedule.text("cron"))
        .ifPresent(
            refusal ->
                findings.add(
                    Finding.error(schedule.origin("cron"), refusal.what(), refusal.fix())));
  }

  private void zone(Section schedule) {
    String zone = schedule.text("zone", Defaults.ZONE);
    try {
      ZoneId.of(zone);
    } catch (DateTimeException e) {
      findings.add(
          Finding.error(
              schedule.origin("zone"),
              "'%s' is no time zone.".formatted(zone),
              Nearest.fix(
                  zone,
                  ZoneId.getAvailableZoneIds(),
                  "Write one such as UTC, Europe/Berlin or America/New_York.")));
    }
  }

  private void enough(List<Section> enabled) {
    String name = asset.text("name");
    if (enabled.isEmpty()) {
      findings.add(
          Finding.warning(
              asset.has("schedules") ? asset.origin("schedules") : asset.origin(),
              "No schedule backs up asset '%s'.".formatted(name),
              "Add one, or start its backups by hand."));
      return;
    }
    Optional<Duration> rpo = rpo();
    Duration longest = longest(enabled);
    if (rpo.isPresent() && longest.compareTo(rpo.get()) > 0) {
      findings.add(
          Finding.warning(
              asset.origin("schedules"),
              "Asset '%s' may go %s without a backup, so it cannot meet its RPO of %s."
                  .formatted(name, Amounts.words(longest), Amounts.words(rpo.get())),
              "Back up more often, or promise less."));
    }
  }

  private Optional<Duration> rpo() {
    return new Section(asset.tree(), "")
        .sections("components").stream()
            .filter(component -> component.text("name").equals(asset.text("component")))
            .flatMap(
                component ->
                    Stream.ofNullable(component.section("objectives").durationOrNull("rpo")))
            .findFirst();
  }

  /** The longest time between two fires of any of these, on clocks without daylight saving. */
  private static Duration longest(List<Section> schedules) {
    TreeSet<LocalDateTime> fires = new TreeSet<>();
    LocalDateTime horizon = END;
    for (Section schedule : schedules) {
      LocalDateTime last = addFires(schedule, fires);
      horizon = last.isBefore(horizon) ? last : horizon;
    }
    Duration longest = Duration.ZERO;
    LocalDateTime previous = fires.first();
    for (LocalDateTime fire : fires.headSet(horizon, true)) {
      Duration gap = Duration.between(previous, fire);
      longest = gap.compareTo(longest) > 0 ? gap : longest;
      previous = fire;
    }
    return longest;
  }

  /** Adds fires in universal time, up to one past the end; returns how far they are complete. */
  private static LocalDateTime addFires(Section schedule, TreeSet<LocalDateTime> fires) {
    ZoneId zone = ZoneId.of(schedule.text("zone", Defaults.ZONE));
    ZoneOffset offset = zone.getRules().getStandardOffset(START.toInstant(ZoneOffset.UTC));
    Cron cron = Cron.parse(schedule.text("cron"));
    LocalDateTime fire = START;
    for (int i = 0; i < MOST_FIRES && fire.isBefore(END); i++) {
      Optional<LocalDateTime> next = cron.next(fire);
      if (next.isEmpty()) {
        return END;
      }
      fire = next.get();
      fires.add(fire.minusSeconds(offset.getTotalSeconds()));
    }
    return fire.minusSeconds(offset.getTotalSeconds());
  }
}
