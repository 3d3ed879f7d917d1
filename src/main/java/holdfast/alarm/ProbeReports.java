package holdfast.alarm;

import holdfast.journal.Transaction;
import holdfast.plan.Component;
import holdfast.plan.ProbeSpec;
import holdfast.plan.SystemPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads for people what the probes of a system found. */
public final class ProbeReports {

  private static final int DAYS = 30;

  private final Transaction journal;
  private final InstantSource clock;

  public ProbeReports(Transaction journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** One line for each probe of the plan, in the order declared. */
  public List<ProbeLine> lines(SystemPlan system) {
    if (system.probes().isEmpty()) {
      return List.of();
    }
    Map<String, ProbeRow> rows = journal.in(() -> new ProbeRows(journal).all());
    return system.probes().stream().map(probe -> line(probe, rows.get(probe.id()))).toList();
  }

  private ProbeLine line(ProbeSpec probe, @Nullable ProbeRow row) {
    Standing standing = row == null ? Standing.NONE : row.standing();
    Instant looked = standing.lookedAt();
    boolean stale = looked != null && looked.plus(Probes.holds(probe)).isBefore(clock.instant());
    return new ProbeLine(
        probe.system(),
        probe.name(),
        probe.component(),
        probe.target().kind(),
        stale ? ProbeState.UNKNOWN : standing.state(),
        stale ? looked : standing.since(),
        standing.reason(),
        looked,
        standing.episode().lasts() || standing.blind().lasts());
  }

  /** Each component that probes tell of, in the order declared. */
  public List<Availability> availability(SystemPlan system) {
    Set<String> probed =
        system.probes().stream()
            .filter(probe -> probe.target().countsForAvailability())
            .map(ProbeSpec::component)
            .collect(Collectors.toSet());
    if (probed.isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    LocalDate first = now.atZone(ZoneOffset.UTC).toLocalDate().minusDays(DAYS - 1);
    Duration window = Duration.between(first.atStartOfDay(ZoneOffset.UTC).toInstant(), now);
    Map<String, UptimeDays.Sum> sums =
        journal.in(() -> new UptimeDays(journal).since(system.name(), first));
    return system.components().stream()
        .filter(component -> probed.contains(component.name()))
        .map(component -> of(system, component, sums.get(component.name()), window))
        .toList();
  }

  private static Availability of(
      SystemPlan system, Component component, UptimeDays.@Nullable Sum sum, Duration window) {
    Duration up = sum == null ? Duration.ZERO : sum.up();
    Duration down = sum == null ? Duration.ZERO : sum.down();
    Duration known = up.plus(down);
    Duration unknown = window.minus(known);
    return new Availability(
        system.name(),
        component.name(),
        component.objectives().availability(),
        known.isZero() ? null : (double) up.toMillis() / known.toMillis(),
        up,
        down,
        unknown.isNegative() ? Duration.ZERO : unknown);
  }
}
