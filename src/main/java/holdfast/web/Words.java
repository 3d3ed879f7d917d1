package holdfast.web;

import holdfast.alarm.ProbeState;
import holdfast.catalog.Proof;
import holdfast.incident.Incident;
import holdfast.journal.Run;
import holdfast.plan.Severity;
import holdfast.report.ChannelLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers and moments as people say them; {@code now} is the moment a page is made. */
public final class Words {

  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);
  private static final String[] SIZES = {"bytes", "kB", "MB", "GB", "TB", "PB"};

  private static final int JUST_NOW_SECONDS = 5;
  private static final int SHARE_DECIMALS = 3;

  private final Instant now;

  Words(Instant now) {
    this.now = now;
  }

  /** When this page was made. */
  public String now() {
    return exact(now);
  }

  /** Such as {@code 2026-11-21 02:00:04 UTC}. */
  public String exact(Instant moment) {
    return EXACT.format(moment);
  }

  /** Such as {@code 14 min ago} or {@code in 3 h}. */
  public String age(Instant moment) {
    Duration age = Duration.between(moment, now);
    if (age.abs().toSeconds() < JUST_NOW_SECONDS) {
      return "just now";
    }
    if (!age.isNegative() && age.toSeconds() < 60) {
      return age.toSeconds() + " s ago";
    }
    return age.isNegative() ? "in " + duration(age.abs()) : duration(age) + " ago";
  }

  /** Such as {@code Sat 21 Nov, 03:00 Europe/Berlin (02:00 UTC)}. */
  public String moment(Instant moment, ZoneId zone) {
    String utc = DAY_AND_TIME.withZone(ZoneOffset.UTC).format(moment) + " UTC";
    return zone.normalized().equals(ZoneOffset.UTC)
        ? utc
        : "%s %s (%s)".formatted(DAY_AND_TIME.withZone(zone).format(moment), zone.getId(), utc);
  }

  /** With the two largest units at most, such as {@code 2 h 5 min}; below ten seconds, tenths. */
  public String duration(Duration length) {
    long seconds = length.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return two(seconds / 60, "min", seconds < 600 ? seconds % 60 : 0, "s");
    }
    if (seconds < 48 * 3600) {
      return two(seconds / 3600, "h", seconds % 3600 / 60, "min");
    }
    return two(seconds / 86400, "days", seconds < 14 * 86400 ? seconds % 86400 / 3600 : 0, "h");
  }

  private static String two(long large, String unit, long small, String smallUnit) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  /** From start to end, or to now. */
  public String between(Instant start, @Nullable Instant end) {
    return duration(Duration.between(start, end == null ? now : end));
  }

  public String seconds(double seconds) {
    return duration(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  /** In powers of 1000, such as {@code 1.2 GB}. */
  public String bytes(long bytes) {
    double value = bytes;
    int size = 0;
    while (value >= 999.5 && size < SIZES.length - 1) {
      value /= 1000;
      size++;
    }
    String digits = size == 0 || value >= 99.95 ? "%.0f" : "%.1f";
    return String.format(Locale.ROOT, digits, value) + " " + SIZES[size];
  }

  /** Such as {@code 600,000}. */
  public String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** What a run does, as a heading. */
  public String kind(Run.Kind kind) {
    return switch (kind) {
      case BACKUP -> "Backup";
      case VERIFY -> "Proof";
      case RESTORE -> "Restore";
      case COPY -> "Copy";
    };
  }

  /** What a run is busy with. */
  public String doing(Run run) {
    if (run.state() == Run.State.QUEUED) {
      return "Waiting for its turn";
    }
    return switch (run.kind()) {
      case BACKUP -> "Backing up";
      case VERIFY -> "Proving";
      case RESTORE -> "Restoring";
      case COPY -> "Copying";
    };
  }

  public String state(Run.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** The class that colours it. */
  public String tone(Proof.Verdict verdict) {
    return switch (verdict) {
      case PASS -> "good";
      case FAIL -> "bad";
      case COULD_NOT_VERIFY -> "unsure";
    };
  }

  public String tone(ProbeState state) {
    return switch (state) {
      case UP -> "good";
      case DOWN -> "bad";
      case COULD_NOT_PROBE, UNKNOWN -> "unsure";
    };
  }

  /** Such as {@code 99.95 %}; rounded down, because almost all of the time is not all of it. */
  public String share(double share) {
    return BigDecimal.valueOf(share)
            .movePointRight(2)
            .setScale(SHARE_DECIMALS, RoundingMode.DOWN)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }

  public String tone(Run.State state) {
    return switch (state) {
      case SUCCEEDED -> "good";
      case QUEUED, RUNNING -> "busy";
      case SKIPPED, CANCELLED -> "unsure";
      case FAILED, ABANDONED -> "bad";
    };
  }

  public String tone(ChannelLine.Standing standing) {
    return switch (standing) {
      case WORKS -> "good";
      case TROUBLE -> "bad";
      case UNTRIED -> "unsure";
    };
  }

  public String tone(Severity severity) {
    return severity.atLeast(Severity.HIGH) ? "bad" : "unsure";
  }

  public String tone(Incident.State state) {
    return switch (state) {
      case OPEN -> "bad";
      case ACKNOWLEDGED -> "busy";
      case RESOLVED -> "good";
    };
  }

  /** Whether a link that came with an event may be shown as one. */
  public boolean web(@Nullable String link) {
    return link != null && (link.startsWith("https://") || link.startsWith("http://"));
  }

  /** Elapsed and left of a running run, in one line. */
  public String progress(Run run) {
    Run.Progress progress = run.progress();
    if (progress == null) {
      return run.state() == Run.State.QUEUED ? "queued" : "starting";
    }
    StringBuilder line = new StringBuilder(bytes(progress.bytes()));
    if (progress.expectedBytes() != null) {
      line.append(" of about ").append(bytes(progress.expectedBytes()));
    }
    if (progress.bytesPerSecond() > 0) {
      line.append(" · ").append(bytes(progress.bytesPerSecond())).append("/s");
    }
    if (progress.etaSeconds() != null) {
      line.append(" · about ")
          .append(duration(Duration.ofSeconds(progress.etaSeconds())))
          .append(" left");
    }
    return line.toString();
  }
}
