package holdfast.journal;

import holdfast.plan.AssetId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The runs of this installation. Every change is one transaction together with its audit entry and
 * its outbox rows.
 */
public final class Runs {

  private final Transaction journal;
  private final Audit audit;
  private final InstantSource clock;
  private final RunRows rows;
  private final Lapses lapses;
  private final Leases leases;
  private final Transitions transitions;
  private final Timetable timetable;

  /** Runs of a process that other processes cannot see the end of before its leases run out. */
  public Runs(
      Transaction journal, Audit audit, Outbox outbox, Audience audience, InstantSource clock) {
    this(journal, audit, outbox, audience, () -> 0, clock);
  }

  /**
   * The runs of one process.
   *
   * @param life the number of its life
   */
  public Runs(
      Transaction journal,
      Audit audit,
      Outbox outbox,
      Audience audience,
      IntSupplier life,
      InstantSource clock) {
    this.journal = journal;
    this.audit = audit;
    this.clock = clock;
    this.rows = new RunRows(journal, life);
    this.lapses = new Lapses(journal, life);
    this.leases = new Leases(journal);
    this.transitions = new Transitions(rows, leases, audit, outbox, audience, clock);
    this.timetable = new Timetable(journal, audit, outbox, audience, clock);
  }

  /**
   * What is asked for when a run begins.
   *
   * @param id from {@link Ids}, chosen by whoever asks
   */
  public record Request(
      String id,
      Run.Kind kind,
      AssetId asset,
      String trigger,
      String actor,
      @Nullable Instant fireTime,
      @Nullable String point) {

    Run run(Run.State state, long token, Instant now) {
      return new Run(
          id, kind, asset, state, trigger, actor, fireTime, token, point, now, null, null, null,
          null);
    }
  }

  /** Records a run that waits for its turn; {@link #begin} with the same id turns it RUNNING. */
  public Run queue(Request request) {
    return journal.in(() -> transitions.queue(request));
  }

  /** Keeps QUEUED runs from lapsing, as a heartbeat does; which of {@code ids} still wait. */
  public List<String> keepQueued(Collection<String> ids) {
    return journal.in(() -> rows.keepQueued(ids));
  }

  /** Closes those of {@code ids} that still wait as ABANDONED: no process will begin them. */
  public void abandonQueued(Collection<String> ids) {
    ids.forEach(id -> journal.run(() -> queued(id).ifPresent(this::abandon)));
  }

  private Optional<Run> queued(String id) {
    return rows.lock(id).filter(run -> run.state() == Run.State.QUEUED);
  }

  /**
   * Begins a run, queued before or not. A BACKUP takes the asset's lease by database time and gets
   * the next fencing token; a run whose lease ran out is closed as ABANDONED on the way. Call it
   * outside of any transaction.
   *
   * @throws RunException BUSY when another backup of the asset holds the lease; that skip is
   *     recorded as a SKIPPED run, with a message, first. REFUSED when the id began or ended before
   */
  public Run begin(Request request) {
    Run run = journal.in(() -> beginOrSkip(request));
    if (run.state() == Run.State.SKIPPED) {
      throw new RunException(Code.BUSY, request.asset().toString(), true, run.failure());
    }
    return run;
  }

  private Run beginOrSkip(Request request) {
    if (request.kind() != Run.Kind.BACKUP) {
      return transitions.start(request, 0);
    }
    Leases.Lease lease = leases.lock(request.asset());
    if (lease.runId() != null && !lease.expired()) {
      return transitions.skip(request, lease.runId());
    }
    if (lease.runId() != null) {
      rows.lock(lease.runId()).ifPresent(this::abandon);
    }
    Run run = transitions.start(request, lease.token() + 1);
    leases.take(run.asset(), run.id());
    return run;
  }

  private void abandon(Run run) {
    transitions.close(run, Refusal.gone(run, rows.filled(run.id()).orElse(null)));
  }

  /**
   * Records the fire of a schedule; false when this (asset, fire time) was recorded before, by any
   * node, and when there is nothing to run because it was missed or the asset is paused. A missed
   * one is told of.
   */
  public boolean fire(AssetId asset, String schedule, Instant fireTime, boolean missed) {
    return journal.in(() -> timetable.fire(asset, schedule, fireTime, missed));
  }

  /**
   * Records fire times that nobody ran, oldest first, and tells of all of them at once; unless the
   * asset is paused. How many were new.
   */
  public int missed(AssetId asset, String schedule, List<Instant> fireTimes) {
    return journal.in(() -> timetable.missed(asset, schedule, fireTimes));
  }

  /** Tells of the fires recorded at least {@code grace} ago that no run ever followed. */
  public int missIdle(Duration grace) {
    return journal.in(() -> timetable.missIdle(grace));
  }

  /**
   * The newest fire time recorded for a schedule; where there is none, now is recorded as first
   * sight and returned.
   */
  public Instant lastFire(AssetId asset, String schedule) {
    return journal.in(() -> timetable.last(asset, schedule));
  }

  /**
   * Extends the lease and notes progress; call it at least every 20 seconds. Throws FENCED when the
   * lease is lost or the run was closed, CANCELLED when somebody asked for that.
   */
  public void heartbeat(Run run, Run.@Nullable Progress progress) {
    String canceller =
        journal.in(
            () -> {
              if (run.kind() == Run.Kind.BACKUP && !leases.renew(run)) {
                throw Refusal.fenced(run);
              }
              return rows.alive(run.id(), progress).orElseThrow(() -> Refusal.fenced(run));
            });
    if (!canceller.isEmpty()) { // told only now: a cancelled run lives while it cleans up
      throw Refusal.cancelled(run, canceller);
    }
  }

  /**
   * Throws FENCED unless {@code run} still holds its lease and is RUNNING; call within the
   * transaction it protects, before any other row is locked.
   */
  public void requireFence(Run run) {
    Transaction.required();
    boolean holds = run.kind() != Run.Kind.BACKUP || leases.holds(run);
    if (!holds || rows.lock(run.id()).map(Run::state).orElse(null) != Run.State.RUNNING) {
      throw Refusal.fenced(run);
    }
  }

  /** {@link #requireFence} in a transaction of its own, before a step outside of the journal. */
  public void checkFence(Run run) {
    journal.run(() -> requireFence(run));
  }

  /**
   * Ends a run well, frees its lease, and commits {@code events} with it. Joins the caller's
   * transaction.
   */
  public void succeed(Run run, @Nullable String point, List<Event> events) {
    journal.run(
        () -> {
          requireFence(run);
          transitions.succeed(run, Ending.well(run, point, now()), events);
        });
  }

  /**
   * Ends a run badly (FAILED, CANCELLED or ABANDONED by the code), frees its lease, commits {@code
   * events}. Idempotent: a run that has ended stays as it ended, and nothing is told twice.
   */
  public void fail(Run run, RunException failure, List<Event> events) {
    journal.run(() -> transitions.fail(run, failure, events));
  }

  /** Closes {@code run} as ABANDONED if it has lapsed; false when it lives or has ended. */
  boolean closeIfLapsed(Run run) {
    return journal.in(
        () -> {
          if (run.kind() == Run.Kind.BACKUP) {
            leases.lock(run.asset());
          }
          Optional<Run> locked = rows.lock(run.id());
          boolean lapsed = lapses.hasLapsed(run.id());
          if (lapsed) {
            locked.ifPresent(this::abandon);
          }
          return lapsed;
        });
  }

  /** Asks a running run to stop: its next heartbeat throws CANCELLED. A queued one ends at once. */
  public void cancel(String runId, String actor) {
    journal.run(
        () -> {
          Optional<Run> waiting = queued(runId);
          if (waiting.isEmpty() && !rows.askToStop(runId, actor)) {
            throw Refusal.notRunning(runId);
          }
          audit.append(actor, "run.cancel", runId, Map.of());
          waiting.ifPresent(run -> transitions.close(run, Refusal.cancelled(run, actor)));
        });
  }

  public Optional<Run> find(String runId) {
    return journal.in(() -> rows.find(runId));
  }

  /** Newest first. */
  public List<Run> recent(@Nullable AssetId asset, int limit) {
    return journal.in(() -> rows.recent(asset, limit));
  }

  /** How many runs of a kind ended, or are, in each state, of those started since. */
  public Map<Run.State, Long> tally(AssetId asset, Run.Kind kind, Instant since) {
    return journal.in(() -> rows.tally(asset, kind, since));
  }

  /** Runs not yet over whose lease or heartbeat has lapsed, to be closed as ABANDONED. */
  public List<Run> lapsed() {
    return journal.in(lapses::lapsed);
  }

  /** Lets the runs of processes lapse that are known to be gone, instead of waiting for them. */
  void lapseEnded() {
    journal.run(lapses::lapseEnded);
  }

  /** Notes that a restore has made the database {@code target} and fills it from now on. */
  public void fills(Run run, String target) {
    journal.run(() -> rows.fills(run.id(), target));
  }

  /** Backups that had begun, and came to nothing since; oldest first. */
  public List<Run> failedBackups(Instant since) {
    return journal.in(() -> rows.failedBackups(since));
  }

  /**
   * Pauses or resumes the schedules of an asset, or of a whole system when {@code asset} is null.
   */
  public void pause(String system, @Nullable String asset, boolean paused, String actor) {
    journal.run(() -> timetable.pause(system, asset, paused, actor));
  }

  public boolean paused(AssetId asset) {
    return journal.in(() -> timetable.paused(asset));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
