package holdfast.report;

import holdfast.journal.Outbox;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says which messages nobody got. Pure. */
final class Unheard {

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Unheard() {}

  static Status.UndeliveredLine line(Outbox.Undelivered given) {
    String run = given.runId().isEmpty() ? null : given.runId();
    return new Status.UndeliveredLine(
        given.channel(),
        given.count(),
        given.oldest(),
        run,
        given.incident(),
        "%s could not be delivered to %s; %s from %s%s."
            .formatted(
                given.count() == 1 ? "1 message" : given.count() + " messages",
                given.channel(),
                given.count() == 1 ? "it is" : "the oldest is",
                when(given.oldest()),
                see(run, given.incident())));
  }

  private static String see(@Nullable String run, @Nullable String incident) {
    if (incident != null) {
      return "; see incident " + incident;
    }
    return run == null ? "" : "; see run " + run;
  }

  private static String when(Instant moment) {
    return WHEN.format(moment);
  }
}
