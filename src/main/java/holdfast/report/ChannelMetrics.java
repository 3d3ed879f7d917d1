package holdfast.report;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How channels stand, as gauges by channel; NaN where it is not known. One scrape reads once. */
final class ChannelMetrics implements MeterBinder {

  private static final Duration FRESH = Duration.ofSeconds(5);

  private final ChannelReports reports;
  private final Set<String> channels;
  private final InstantSource clock;
  private List<ChannelLine> read = List.of();
  private Instant readAt = Instant.EPOCH;

  ChannelMetrics(ChannelReports reports, Set<String> channels, InstantSource clock) {
    this.reports = reports;
    this.channels = channels;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (String channel : channels) {
      gauge(
          channel,
          "holdfast.channel.works",
          "1 works, 0 is in trouble, NaN was never used",
          ChannelMetrics::works,
          registry);
      gauge(
          channel,
          "holdfast.channel.waiting",
          "Messages on their way",
          ChannelLine::waiting,
          registry);
      gauge(
          channel,
          "holdfast.channel.oldest.waiting.seconds",
          "Age of the oldest message on its way, 0 where none is",
          line ->
              line.oldest() == null
                  ? 0
                  : Duration.between(line.oldest(), line.at()).toMillis() / 1e3,
          registry);
      gauge(
          channel,
          "holdfast.channel.last.success.timestamp",
          "When it last took a message, seconds since 1970",
          line -> seconds(line.succeeded()),
          registry);
      gauge(
          channel,
          "holdfast.channel.test.timestamp",
          "When it last confirmed a test of alarms, seconds since 1970",
          line -> line.test() == null ? Double.NaN : seconds(line.test().lastConfirmedAt()),
          registry);
    }
  }

  private void gauge(
      String channel,
      String name,
      String description,
      ToDoubleFunction<ChannelLine> figure,
      MeterRegistry registry) {
    Gauge.builder(name, () -> figure(channel, figure))
        .description(description)
        .tag("channel", channel)
        .register(registry);
  }

  private double figure(String channel, ToDoubleFunction<ChannelLine> figure) {
    return current().stream()
        .filter(line -> line.channel().equals(channel))
        .mapToDouble(figure)
        .findFirst()
        .orElse(Double.NaN);
  }

  private synchronized List<ChannelLine> current() {
    Instant now = clock.instant();
    if (readAt.plus(FRESH).isBefore(now)) {
      read = reports.lines();
      readAt = now;
    }
    return read;
  }

  private static double works(ChannelLine line) {
    return switch (line.standing()) {
      case WORKS -> 1;
      case TROUBLE -> 0;
      case UNTRIED -> Double.NaN;
    };
  }

  private static double seconds(@Nullable Instant moment) {
    return moment == null ? Double.NaN : moment.toEpochMilli() / 1e3;
  }
}
