package holdfast.alarm;

import holdfast.journal.RunException;
import holdfast.plan.ProbeSpec;
import holdfast.plan.ProbeSpec.Database;
import holdfast.plan.ProbeSpec.Http;
import holdfast.source.DatabaseLook;
import holdfast.source.ReplicaLag;
import java.time.Duration;

/** Takes one look at whatever a probe names. */
final class ProbeLook {

  private final DatabaseLook databases;

  ProbeLook(DatabaseLook databases) {
    this.databases = databases;
  }

  /** What is found; never throws. */
  ProbeResult take(ProbeSpec spec) {
    try {
      if (spec.target() instanceof Http http) {
        return HttpLook.take(http, spec.timeout());
      }
      if (spec.target() instanceof Database database) {
        databases.answers(database.connection(), database.database(), spec.timeout());
        return ProbeResult.WELL;
      }
      return lag((ProbeSpec.ReplicaLag) spec.target(), spec.timeout());
    } catch (RuntimeException | LinkageError e) {
      return ProbeResult.of(RunException.from(e, spec.id()));
    }
  }

  private ProbeResult lag(ProbeSpec.ReplicaLag target, Duration timeout) {
    return judge(databases.lag(target.connection(), target.database(), timeout), target);
  }

  /** Pure. */
  static ProbeResult judge(ReplicaLag lag, ProbeSpec.ReplicaLag target) {
    Duration behind = lag.behind();
    if (behind == null) {
      return lag.connected()
          ? ProbeResult.couldNot(
              "The replica of connection %s has not replayed a transaction since it started, so nothing tells how far behind it is."
                  .formatted(target.connection()))
          : ProbeResult.failed(
              "No replica receives anything: look at the replication of connection %s."
                  .formatted(target.connection()));
    }
    if (behind.compareTo(target.most()) <= 0) {
      return ProbeResult.WELL;
    }
    return ProbeResult.failed(
        "The replica of connection %s is %d s behind, and at most %d s is allowed%s."
            .formatted(
                target.connection(),
                behind.toSeconds(),
                target.most().toSeconds(),
                lag.connected() ? "" : "; it receives nothing from its primary"));
  }
}
