package holdfast.plan;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What holds where a plan says nothing; the one place for it. */
final class Defaults {

  static final int POSTGRES_PORT = 5432;
  static final String SSL_MODE = "prefer";
  static final StoreSpec.Encryption ENCRYPTION = StoreSpec.Encryption.SSE_S3;
  static final String STORAGE_CLASS = "STANDARD";
  static final String PREFIX = "holdfast";
  static final String EVENT_BUS = "default";
  static final String EVENT_SOURCE = "holdfast";
  static final ChannelSpec.Security MAIL_SECURITY = ChannelSpec.Security.STARTTLS;

  static final int EVENTS_PER_MINUTE = 20_000;
  static final SenderSpec.Algorithm SIGNATURE_ALGORITHM = SenderSpec.Algorithm.SHA256;
  static final SenderSpec.Encoding SIGNATURE_ENCODING = SenderSpec.Encoding.HEX;

  static final PostgresSpec.Content CONTENT = PostgresSpec.Content.FULL;

  /** A telephone and a page for customers are for the worst alone. */
  static Set<Severity> severities(String kind) {
    return kind.equals("sms") || kind.equals("status-page")
        ? EnumSet.of(Severity.CRITICAL)
        : EnumSet.allOf(Severity.class);
  }

  static final Pipeline.Compression COMPRESSION = Pipeline.Compression.ZSTD;
  static final int ZSTD_LEVEL = 3;
  static final int GZIP_LEVEL = 6;
  static final String ZONE = "UTC";

  /** When the journal is backed up: every night, after most other backups. */
  static final String JOURNAL_CRON = "30 4 * * *";

  static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(5);
  static final long COUNT_LIMIT = 10_000;
  static final Verification VERIFICATION =
      new Verification(true, STATEMENT_TIMEOUT, COUNT_LIMIT, List.of());

  static final int COPIES_REQUIRED = 1;

  static final Retention RETENTION = new Retention(Duration.ofDays(30), 7);
  static final String ARCHIVE_CLASS = "GLACIER";
  static final Duration ABORT_UPLOADS_AFTER = Duration.ofDays(7);
  static final Lifecycle LIFECYCLE = new Lifecycle(null, ARCHIVE_CLASS, null, ABORT_UPLOADS_AFTER);

  static final Duration PROBE_EVERY = Duration.ofSeconds(60);
  static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
  static final int PROBE_FAILURES = 3;
  static final Severity PROBE_SEVERITY = Severity.HIGH;
  static final int PROBE_STATUS = 200;
  static final Duration REPLICA_LAG = Duration.ofMinutes(5);

  private Defaults() {}

  static int level(Pipeline.Compression compression) {
    return compression == Pipeline.Compression.ZSTD ? ZSTD_LEVEL : GZIP_LEVEL;
  }

  static int mailPort(ChannelSpec.Security security) {
    return switch (security) {
      case NONE -> 25;
      case STARTTLS -> 587;
      case TLS -> 465;
    };
  }
}
