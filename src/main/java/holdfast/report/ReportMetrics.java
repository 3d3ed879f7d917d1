package holdfast.report;

import holdfast.alarm.Availability;
import holdfast.alarm.ProbeLine;
import holdfast.alarm.ProbeState;
import holdfast.catalog.Proof;
import holdfast.journal.Run;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The status as gauges, one of each per asset or channel; a figure that is not known is NaN. One
 * scrape reads the journal once.
 */
final class ReportMetrics implements MeterBinder {

  private static final Duration FRESH = Duration.ofSeconds(5);

  private final Reports reports;
  private final Set<String> channels;
  private final InstantSource clock;
  private @Nullable Status read;

  ReportMetrics(Reports reports, Set<String> channels, InstantSource clock) {
    this.reports = reports;
    this.channels = channels;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("holdfast.assets", () -> current().assets())
        .description("Assets protected")
        .register(registry);
    Gauge.builder("holdfast.assets.within", () -> current().within())
        .description("Assets proven within their objectives")
        .register(registry);
    channels.forEach(channel -> bind(channel, registry));
    current().systems().stream()
        .flatMap(system -> system.assets().stream())
        .forEach(line -> bind(line, registry));
    current().systems().stream()
        .flatMap(system -> system.probes().stream())
        .forEach(line -> bind(line, registry));
    current().systems().stream()
        .flatMap(system -> system.availability().stream())
        .forEach(line -> bind(line, registry));
  }

  private void bind(ProbeLine line, MeterRegistry registry) {
    Gauge.builder("holdfast.probe.up", () -> up(line))
        .description("Newest look of a probe: 1 well, 0 failed")
        .tag("system", line.system())
        .tag("probe", line.probe())
        .register(registry);
  }

  private double up(ProbeLine line) {
    return current().systems().stream()
        .flatMap(system -> system.probes().stream())
        .filter(now -> now.system().equals(line.system()) && now.probe().equals(line.probe()))
        .mapToDouble(now -> up(now.state()))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static double up(ProbeState state) {
    return switch (state) {
      case UP -> 1;
      case DOWN -> 0;
      case COULD_NOT_PROBE, UNKNOWN -> Double.NaN;
    };
  }

  private void bind(Availability line, MeterRegistry registry) {
    Gauge.builder("holdfast.availability", () -> share(line))
        .description("Share of the last 30 days, as far as known, in which a component was up")
        .tag("system", line.system())
        .tag("component", line.component())
        .register(registry);
  }

  private double share(Availability line) {
    return current().systems().stream()
        .flatMap(system -> system.availability().stream())
        .filter(now -> now.system().equals(line.system()))
        .filter(now -> now.component().equals(line.component()))
        .mapToDouble(now -> now.share() == null ? Double.NaN : now.share())
        .findFirst()
        .orElse(Double.NaN);
  }

  private void bind(String channel, MeterRegistry registry) {
    Gauge.builder("holdfast.messages.undelivered", () -> undelivered(channel))
        .description("Messages of the last 30 days that were given up after the last attempt")
        .tag("channel", channel)
        .register(registry);
  }

  private long undelivered(String channel) {
    return current().undelivered().stream()
        .filter(line -> line.channel().equals(channel))
        .mapToLong(Status.UndeliveredLine::count)
        .sum();
  }

  private void bind(Status.AssetLine line, MeterRegistry registry) {
    gauge(
        line,
        "holdfast.last.good.timestamp",
        "Moment whose data the newest restorable point holds, seconds since 1970",
        asset -> asset.last() == null ? Double.NaN : seconds(asset.last().at()),
        registry);
    gauge(
        line,
        "holdfast.last.good.bytes",
        "Sealed bytes of the newest restorable point",
        asset -> asset.last() == null ? Double.NaN : asset.last().sealedBytes(),
        registry);
    gauge(
        line,
        "holdfast.rpo.actual.seconds",
        "Age of the newest restorable point",
        asset -> seconds(asset.rpoActual()),
        registry);
    gauge(
        line,
        "holdfast.proven.age.seconds",
        "Age of the newest proven point",
        asset -> seconds(asset.provenAge()),
        registry);
    gauge(
        line,
        "holdfast.rto.actual.seconds",
        "What the newest proof's restore took",
        asset -> seconds(asset.rtoActual()),
        registry);
    gauge(
        line,
        "holdfast.last.verdict",
        "Newest proof: 1 PASS, 0 FAIL, -1 COULD-NOT-VERIFY",
        asset -> asset.proof() == null ? Double.NaN : verdict(asset.proof().verdict()),
        registry);
    gauge(
        line,
        "holdfast.runs.running",
        "Runs active now",
        asset -> asset.running().size(),
        registry);
    gauge(
        line,
        "holdfast.backups.ended",
        "Backups of the last 30 days that ended",
        asset -> asset.success().ended(),
        registry);
    gauge(
        line,
        "holdfast.backups.succeeded",
        "Backups of the last 30 days that ended well",
        asset -> asset.success().succeeded(),
        registry);
    gauge(
        line,
        "holdfast.bytes.moving",
        "Bytes that the active backup has read",
        ReportMetrics::moving,
        registry);
  }

  private void gauge(
      Status.AssetLine line,
      String name,
      String description,
      ToDoubleFunction<Status.AssetLine> figure,
      MeterRegistry registry) {
    Gauge.builder(name, () -> figure(line, figure))
        .description(description)
        .tag("system", line.id().system())
        .tag("asset", line.id().asset())
        .register(registry);
  }

  private double figure(Status.AssetLine line, ToDoubleFunction<Status.AssetLine> figure) {
    return current().systems().stream()
        .flatMap(system -> system.assets().stream())
        .filter(now -> now.id().equals(line.id()))
        .mapToDouble(figure)
        .findFirst()
        .orElse(Double.NaN);
  }

  private synchronized Status current() {
    Status known = read;
    if (known == null || known.at().plus(FRESH).isBefore(clock.instant())) {
      known = reports.status();
      read = known;
    }
    return known;
  }

  private static double moving(Status.AssetLine line) {
    return line.running().stream()
        .filter(run -> run.kind() == Run.Kind.BACKUP && run.progress() != null)
        .mapToDouble(run -> run.progress().bytes())
        .sum();
  }

  private static double verdict(Proof.Verdict verdict) {
    return switch (verdict) {
      case PASS -> 1;
      case FAIL -> 0;
      case COULD_NOT_VERIFY -> -1;
    };
  }

  private static double seconds(Instant moment) {
    return moment.toEpochMilli() / 1e3;
  }

  private static double seconds(@Nullable Duration length) {
    return length == null ? Double.NaN : length.toMillis() / 1e3;
  }
}
