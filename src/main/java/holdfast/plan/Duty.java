package holdfast.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When people are called, beside who: the rest of what a system says about its incidents.
 *
 * @param quiet absent where every hour is like the others
 * @param updates absent where nobody is reminded of an acknowledged incident
 */
public record Duty(
    List<Rotation> rotations,
    List<Maintenance> maintenance,
    @Nullable QuietHours quiet,
    @Nullable Updates updates) {

  /** Of a system that says nothing. */
  public static final Duty NONE = new Duty(List.of(), List.of(), null, null);

  /**
   * Reminders of an acknowledged incident that is not resolved.
   *
   * @param channels empty for all that heard of the incident
   */
  public record Updates(Duration every, List<String> channels) {}

  /** The rotation of that name. */
  public Optional<Rotation> rotation(String name) {
    return rotations.stream().filter(rotation -> rotation.name().equals(name)).findFirst();
  }

  /**
   * Why nobody is called at a moment, and until when.
   *
   * @param until when the silence ends
   */
  public record Silence(Instant until, String why) {}

  /** The silence that {@code at} falls into; never for a critical incident. */
  public Optional<Silence> silence(Severity severity, Instant at) {
    if (severity == Severity.CRITICAL) {
      return Optional.empty();
    }
    for (Maintenance window : maintenance) {
      Optional<Instant> end = window.end(at);
      if (end.isPresent()) {
        return end.map(until -> new Silence(until, "maintenance " + window.name()));
      }
    }
    return Optional.ofNullable(quiet)
        .filter(hours -> hours.silences(severity))
        .flatMap(hours -> hours.end(at))
        .map(until -> new Silence(until, "quiet hours"));
  }
}
