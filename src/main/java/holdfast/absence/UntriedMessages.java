package holdfast.absence;

import holdfast.incident.Sentences;
import holdfast.plan.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Channels, our own readers too, whose due messages nobody tries. */
final class UntriedMessages implements Finder {

  static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Pulses pulses;

  UntriedMessages(Pulses pulses) {
    this.pulses = pulses;
  }

  @Override
  public List<Trouble> troubles(Instant now) {
    return pulses.untried(PATIENCE).stream()
        .map(
            late ->
                new Trouble(
                    late.what(),
                    Severity.HIGH,
                    Trouble.about("channel " + late.what()),
                    "Nobody sends the messages for %s".formatted(late.what()),
                    "The oldest was due at %s: 'holdfast routes check' says whether its route works."
                        .formatted(Sentences.time(late.since()))))
        .toList();
  }
}
