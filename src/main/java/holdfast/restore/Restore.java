package holdfast.restore;

import holdfast.catalog.Manifest;
import holdfast.catalog.Point;
import holdfast.journal.Audience;
import holdfast.journal.Code;
import holdfast.journal.Event;
import holdfast.journal.Pulse;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.plan.ConnectionSpec;
import holdfast.plan.Installation;
import holdfast.source.Servers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The act of bringing a point back, one method per line of the restore route: only into a database
 * that this very run makes.
 */
public final class Restore {

  private static final Logger LOG = LoggerFactory.getLogger(Restore.class);

  /** Index builds read nothing for hours, so standing still says nothing here. */
  private static final Duration PATIENCE = Duration.ofDays(7);

  private final Runs runs;
  private final Retrieval retrieval;
  private final Installation installation;
  private final Servers servers;
  private final Audience audience;
  private final InstantSource clock;

  Restore(
      Runs runs,
      Retrieval retrieval,
      Installation installation,
      Servers servers,
      Audience audience,
      InstantSource clock) {
    this.runs = runs;
    this.retrieval = retrieval;
    this.installation = installation;
    this.servers = servers;
    this.audience = audience;
    this.clock = clock;
  }

  /** Begins the run. */
  public RestoreTicket claim(RestoreTicket ticket) {
    return ticket.claimedBy(
        runs.begin(
            new Runs.Request(
                ticket.runId(),
                Run.Kind.RESTORE,
                ticket.point().asset(),
                ticket.trigger(),
                ticket.actor(),
                null,
                ticket.point().id())));
  }

  /**
   * Makes the target database and loads the point into it; on any failure the database is dropped
   * again.
   *
   * @throws RunException REFUSED when the database exists, INVALID for a bad target, CORRUPT when
   *     the bytes are not the ones stored
   */
  public RestoreTicket load(RestoreTicket ticket) {
    String subject = ticket.point().id();
    Run run = ticket.run();
    if (run == null) {
      throw new RunException(
          Code.NO_EVIDENCE,
          subject,
          false,
          "The restore of %s was not claimed; restore the claim step of the route."
              .formatted(subject));
    }
    try {
      return ticket.with(load(ticket, run));
    } catch (Throwable e) { // Camel loses Errors, so none may leave an act
      RunException failure = RunException.from(e, subject);
      if (failure.code() == Code.INTERNAL) {
        LOG.error("The restore of {} failed", subject, e);
      }
      throw failure;
    }
  }

  private RestoreTicket.Outcome load(RestoreTicket ticket, Run run) {
    Goal goal = Goal.parse(ticket.target());
    ConnectionSpec connection = connection(goal);
    DataSource server = servers.dataSource(connection, "postgres");
    Worker worker = new Worker();
    try (Pulse pulse = Pulse.start(runs, run, PATIENCE, worker::stop)) {
      return load(ticket, new Place(run, goal, connection, server, worker), pulse);
    } finally {
      worker.done();
    }
  }

  private RestoreTicket.Outcome load(RestoreTicket ticket, Place place, Pulse pulse) {
    try {
      return Attempts.each(
          Retrieval.usable(ticket.point()),
          trouble -> true,
          copy -> {
            pulse.check();
            Manifest manifest = retrieval.manifest(ticket.point(), copy);
            Databases.create(place.server, place.goal.database(), place.connection.name());
            return into(place, copy, manifest, pulse);
          });
    } catch (RuntimeException e) {
      pulse.check(); // why we stopped it says more than how it broke
      throw e;
    }
  }

  private RestoreTicket.Outcome into(Place place, Point.Copy copy, Manifest manifest, Pulse pulse) {
    boolean loaded = false;
    try (Servers.Reach reach = servers.reach(place.connection, place.goal.database())) {
      runs.fills(place.run, place.connection.name() + "/" + place.goal.database());
      Databases.schemas(
          servers.dataSource(place.connection, place.goal.database()),
          manifest.schemasToMake(),
          place.connection.name());
      double seconds = retrieval.load(copy, manifest, reach.target(), pulse);
      loaded = true;
      return new RestoreTicket.Outcome(copy.store(), manifest.plain().bytes(), seconds);
    } finally {
      if (!loaded) {
        place.worker.undisturbed(() -> drop(place)); // dropping must be able to wait
      }
    }
  }

  private static void drop(Place place) {
    try {
      Databases.drop(place.server, place.goal.database(), place.connection.name());
    } catch (RunException e) {
      LOG.warn(
          "Database {} on {} was left behind and must not be used: {}",
          place.goal.database(),
          place.connection.name(),
          e.getMessage());
    }
  }

  private ConnectionSpec connection(Goal goal) {
    ConnectionSpec connection = installation.connections().get(goal.connection());
    if (connection == null) {
      throw new RunException(
          Code.INVALID,
          goal.connection(),
          false,
          "The plan has no connection named %s: it has %s."
              .formatted(goal.connection(), installation.connections().keySet()));
    }
    return connection;
  }

  /** Ends the run well, and tells. */
  public void record(RestoreTicket ticket) {
    Run run = ticket.run();
    RestoreTicket.Outcome outcome = ticket.outcome();
    if (run == null || outcome == null) {
      throw new RunException(
          Code.NO_EVIDENCE,
          ticket.point().id(),
          false,
          "Nothing was restored from %s; restore the load step of the route."
              .formatted(ticket.point().id()));
    }
    Map<String, Object> facts =
        Map.of(
            "target", ticket.target(),
            "store", outcome.store(),
            "plainBytes", outcome.plainBytes(),
            "seconds", outcome.seconds(),
            "actor", ticket.actor());
    List<String> channels = audience.channels(run.asset());
    runs.succeed(
        run,
        ticket.point().id(),
        List.of(
            new Event(
                Event.Type.RESTORE_DONE,
                run.asset(),
                run.id(),
                ticket.point().id(),
                clock.instant(),
                facts,
                channels)));
  }

  /** What a restore fills, and the thread that fills it. */
  private record Place(
      Run run, Goal goal, ConnectionSpec connection, DataSource server, Worker worker) {}

  /** Where a restore goes to. */
  private record Goal(String connection, String database) {

    static Goal parse(String target) {
      int slash = target.indexOf('/');
      if (slash < 1) {
        throw new RunException(
            Code.INVALID,
            target,
            false,
            "'%s' is no target: write CONNECTION/DATABASE, a connection of the plan and a database that does not exist yet."
                .formatted(target));
      }
      Databases.requireName(target.substring(slash + 1));
      return new Goal(target.substring(0, slash), target.substring(slash + 1));
    }
  }
}
