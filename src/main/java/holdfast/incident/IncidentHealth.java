package holdfast.incident;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * Down while a call is overdue, while nobody could be told of what is critical or high, or while
 * nobody has looked.
 */
final class IncidentHealth implements HealthIndicator, MeterBinder {

  private final Auditor auditor;
  private final Incidents incidents;
  private final UnreadQueues unread;

  IncidentHealth(Auditor auditor, Incidents incidents, UnreadQueues unread) {
    this.auditor = auditor;
    this.incidents = incidents;
    this.unread = unread;
  }

  @Override
  public Health health() {
    boolean blind = auditor.blind();
    boolean well = !blind && auditor.overdue().isEmpty() && auditor.unheard().isEmpty();
    return (well ? Health.up() : Health.down())
        .withDetail("overdue", auditor.overdue().size())
        .withDetail("unheard", auditor.unheard().size())
        .withDetail("blind", blind)
        .withDetail("queues unread", unread.unread())
        .build();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("holdfast.escalations.overdue", () -> auditor.overdue().size())
        .description("Calls and reminders that should have been made more than a minute ago")
        .register(registry);
    Gauge.builder("holdfast.incidents.unheard", () -> auditor.unheard().size())
        .description("Critical and high incidents of which no message got through")
        .register(registry);
    Gauge.builder("holdfast.queues.unread", () -> unread.unread().size())
        .description("Queues of senders that could not be read for five minutes")
        .register(registry);
    Gauge.builder("holdfast.incidents.active", () -> incidents.open().size())
        .description("Incidents that are not resolved")
        .register(registry);
  }
}
