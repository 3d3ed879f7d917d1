package holdfast.alarm;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** How many events came from each sender since the start, and what became of them. */
final class Counts implements MeterBinder {

  /** What became of an event at the door. */
  enum Outcome {
    ACCEPTED,
    DUPLICATE,
    UNPROVEN,
    FORGED,
    MALFORMED,
    TOO_LARGE,
    TOO_MANY
  }

  private final Map<String, Map<Outcome, LongAdder>> senders;

  Counts(Collection<String> senders) {
    this.senders =
        senders.stream().collect(Collectors.toUnmodifiableMap(name -> name, name -> zeros()));
  }

  private static Map<Outcome, LongAdder> zeros() {
    Map<Outcome, LongAdder> zeros = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      zeros.put(outcome, new LongAdder());
    }
    return zeros;
  }

  /** Names that nobody declared are not counted: whoever invents them would fill the memory. */
  void count(String sender, Outcome outcome) {
    Map<Outcome, LongAdder> counts = senders.get(sender);
    if (counts != null) {
      counts.get(outcome).increment();
    }
  }

  long of(String sender, Outcome outcome) {
    return senders.get(sender).get(outcome).sum();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    senders.forEach(
        (sender, counts) ->
            counts.forEach(
                (outcome, count) ->
                    FunctionCounter.builder("holdfast.events", count, LongAdder::sum)
                        .description("Events that came, by sender and what became of them")
                        .tag("sender", sender)
                        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .register(registry)));
  }
}
