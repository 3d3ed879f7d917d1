package holdfast.journal;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What a run turns into: its row, its audit entry and its messages, within one transaction. */
final class Transitions {

  private final RunRows rows;
  private final Leases leases;
  private final Audit audit;
  private final Outbox outbox;
  private final Audience audience;
  private final InstantSource clock;

  Transitions(
      RunRows rows,
      Leases leases,
      Audit audit,
      Outbox outbox,
      Audience audience,
      InstantSource clock) {
    this.rows = rows;
    this.leases = leases;
    this.audit = audit;
    this.outbox = outbox;
    this.audience = audience;
    this.clock = clock;
  }

  Run queue(Runs.Request request) {
    return entered("run.queue", request.run(Run.State.QUEUED, 0, now()));
  }

  Run start(Runs.Request request, long token) {
    return entered("run.begin", request.run(Run.State.RUNNING, token, now()));
  }

  private Run entered(String action, Run run) {
    insert(run);
    audit.append(run.actor(), action, run.id(), Ending.facts(run));
    return run;
  }

  Run skip(Runs.Request request, String holder) {
    RunException busy = Refusal.busy(request.asset(), holder);
    Run run = Ending.badly(request.run(Run.State.RUNNING, 0, now()), busy, now());
    insert(run);
    outbox.add(Event.failed(run, busy, now(), audience.channels(run.asset())));
    audit.append(run.actor(), "run.skipped", run.id(), Ending.facts(run));
    return run;
  }

  private void insert(Run run) {
    if (!rows.insert(run)) {
      throw Refusal.begun(run);
    }
  }

  void succeed(Run run, Run ended, List<Event> events) {
    leases.free(run.id());
    rows.end(ended);
    events.forEach(outbox::add);
    audit.append(run.actor(), "run.succeeded", run.id(), Ending.facts(ended));
  }

  /** Ends a run badly unless it has ended. */
  void fail(Run run, RunException failure, List<Event> events) {
    leases.free(run.id());
    Run ended = Ending.badly(run, failure, now());
    if (rows.end(ended)) {
      events.forEach(outbox::add);
      audit.append(run.actor(), "run." + Ending.word(ended), run.id(), Ending.facts(ended));
    }
  }

  /** Ends a run that nobody else will end, and tells of it. */
  void close(Run run, RunException why) {
    fail(run, why, List.of(Event.failed(run, why, now(), audience.channels(run.asset()))));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
