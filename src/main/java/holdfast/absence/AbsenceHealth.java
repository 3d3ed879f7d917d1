package holdfast.absence;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Down while a watch has not looked for too long, or while the sign of life is not heard. */
final class AbsenceHealth implements HealthIndicator, MeterBinder {

  private final Watches watches;
  private final Heartbeat heartbeat;
  private final InstantSource clock;

  AbsenceHealth(Watches watches, Heartbeat heartbeat, InstantSource clock) {
    this.watches = watches;
    this.heartbeat = heartbeat;
    this.clock = clock;
  }

  @Override
  public Health health() {
    List<String> blind = watches.blind();
    boolean well = blind.isEmpty() && !heartbeat.missed();
    return (well ? Health.up() : Health.down())
        .withDetail("watches that do not look", blind)
        .withDetail("heartbeat", words())
        .build();
  }

  private String words() {
    if (!heartbeat.declared()) {
      return "not declared";
    }
    String last = heartbeat.given().map(at -> "last given at " + at).orElse("never given yet");
    return heartbeat
        .newest()
        .filter(beat -> !beat.given())
        .map(beat -> last + "; " + (beat.stuck() == null ? beat.failure() : beat.stuck()))
        .orElse(last);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("holdfast.watches.blind", () -> watches.blind().size())
        .description("Watches over absences that have not looked for too long")
        .register(registry);
    Gauge.builder("holdfast.heartbeat.age", this::age)
        .description("Seconds since the sign of life was last heard outside; NaN before")
        .register(registry);
  }

  private double age() {
    return heartbeat
        .given()
        .map(at -> (double) Duration.between(at, clock.instant()).toSeconds())
        .orElse(Double.NaN);
  }
}
