package holdfast.retention;

import holdfast.journal.Audit;
import holdfast.journal.Column;
import holdfast.journal.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the clock can be believed. Time that this service saw pass is known; so is what the
 * journal's database and the buckets say. A clock far ahead of all of that lets nothing go, until
 * it is right again or a person says that it is.
 */
public final class ClockSense {

  private final Transaction journal;
  private final Audit audit;
  private final Supplier<Optional<Instant>> witness;
  private final InstantSource clock;

  /**
   * A sense over the journal.
   *
   * @param witness a time that somebody with a clock of their own has written down lately
   */
  public ClockSense(
      Transaction journal, Audit audit, Supplier<Optional<Instant>> witness, InstantSource clock) {
    this.journal = journal;
    this.audit = audit;
    this.witness = witness;
    this.clock = clock;
  }

  /**
   * The time, and how far it can be believed.
   *
   * @param newestKnown never after {@code now}
   */
  public record Seen(Instant now, Instant newestKnown) {

    static Seen of(Instant now, Instant known) {
      return new Seen(now, known.isAfter(now) ? now : known);
    }

    /** Whether points may be let go by this clock. */
    public boolean believed() {
      return ahead().compareTo(Keeping.AHEAD) <= 0;
    }

    /** How far the clock is ahead of all that is known. */
    public Duration ahead() {
      return Duration.between(newestKnown, now);
    }
  }

  private record Mark(Instant at, Instant database) {}

  /** Looks once; time that can be believed is known from then on. */
  public Seen look() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Mark mark = journal.in(() -> mark(now));
    Seen seen = Seen.of(now, earlier(mark.at(), mark.database()));
    if (!seen.believed() && Seen.of(now, mark.database()).believed()) {
      Instant written = witness.get().orElse(mark.at());
      seen = Seen.of(now, earlier(later(mark.at(), written), mark.database()));
    }
    if (seen.believed()) {
      journal
          .sql("UPDATE clock_seen SET at = GREATEST(at, :now), refused_at = NULL")
          .param("now", Column.of(now))
          .update();
    }
    return seen;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Where nothing was seen yet, the newest point is what is known. */
  private Mark mark(Instant now) {
    journal
        .sql(
            """
            INSERT INTO clock_seen (at)
            SELECT COALESCE(max(finished_at), :now) FROM points ON CONFLICT (one) DO NOTHING""")
        .param("now", Column.of(now))
        .update();
    return journal
        .sql("SELECT at, now() AS database FROM clock_seen")
        .query((row, number) -> new Mark(Column.moment(row, "at"), Column.moment(row, "database")))
        .single();
  }

  /** Notes that something was not let go because of the clock, so that people hear of it. */
  public void refused() {
    journal
        .sql("UPDATE clock_seen SET refused_at = COALESCE(refused_at, :now)")
        .param("now", Column.of(clock.instant()))
        .update();
  }

  /** Since when the clock hinders; empty while it does not. */
  public Optional<Instant> refusedSince() {
    return journal
        .sql("SELECT refused_at FROM clock_seen WHERE refused_at IS NOT NULL")
        .query((row, number) -> Column.moment(row, "refused_at"))
        .optional();
  }

  /** A person says that the clock is right; what the database says still counts. */
  public Seen confirm(String actor) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    journal.run(
        () -> {
          if (Seen.of(now, mark(now).database()).believed()) {
            journal.sql("UPDATE clock_seen SET at = :now").param("now", Column.of(now)).update();
          }
          audit.append(actor, "retention.clock", "clock", Map.of("now", now.toString()));
        });
    return look();
  }
}
