package holdfast.camel;

import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.catalog.Ticket;
import holdfast.journal.Code;
import holdfast.journal.Event;
import holdfast.journal.Ids;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.journal.Transaction;
import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.Plans;
import holdfast.restore.RestoreTicket;
import holdfast.verify.ProofTicket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ExtendedStartupListener;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/** Records runs as queued, then hands their tickets to the routes' queues. */
final class RunStarter implements Starter, ExtendedStartupListener {

  private static final String LATEST = "latest:";
  private static final String BACKUPS = "direct:trigger-operator";
  private static final String PROOFS = "seda:proofs?size=100&failIfNoConsumers=true";
  private static final Duration ROUTES_START = Duration.ofSeconds(30);
  private static final String RESTORES = "seda:restores?size=100&failIfNoConsumers=true";

  private final Transaction journal;
  private final Plans plans;
  private final Catalog catalog;
  private final Ids ids;
  private final ProducerTemplate routes;
  private final Runs runs;
  private final Waiting waiting;
  private final InstantSource clock;
  private final CountDownLatch started = new CountDownLatch(1);

  RunStarter(
      Transaction journal,
      Plans plans,
      Catalog catalog,
      Ids ids,
      ProducerTemplate routes,
      Runs runs,
      Waiting waiting,
      InstantSource clock) {
    this.journal = journal;
    this.plans = plans;
    this.catalog = catalog;
    this.ids = ids;
    this.routes = routes;
    this.runs = runs;
    this.waiting = waiting;
    this.clock = clock;
  }

  @Override
  public String backup(AssetId asset, String trigger, String actor) {
    return accept(BACKUPS, Ticket.of(ids.next(), planned(asset), trigger, actor, null), List.of());
  }

  /**
   * Records a fire and queues its run, both or neither; false when the fire was recorded before, or
   * the asset is paused. A run that finds no room is told of, because nobody waits for it.
   */
  boolean fire(Asset asset, String schedule, Instant fireTime) {
    Ticket ticket = Ticket.of(ids.next(), asset, "schedule:" + schedule, "holdfast", fireTime);
    Optional<Run> queued =
        journal.in(
            () ->
                runs.fire(asset.id(), schedule, fireTime, false)
                    ? Optional.of(queued(ticket))
                    : Optional.empty());
    queued.ifPresent(run -> send(run, BACKUPS, ticket, asset.channels()));
    return queued.isPresent();
  }

  @Override
  public String verify(String pointOrLatest, String actor) {
    ProofTicket ticket = ProofTicket.of(ids.next(), point(pointOrLatest), "operator", actor);
    return accept(PROOFS, ticket, List.of());
  }

  @Override
  public String restore(String pointOrLatest, String target, String actor) {
    Point point = point(pointOrLatest);
    requireConnection(target);
    RestoreTicket ticket = RestoreTicket.of(ids.next(), point, target, "operator", actor);
    return accept(RESTORES, ticket, List.of());
  }

  private Asset planned(AssetId id) {
    return plans
        .asset(id)
        .orElseThrow(
            () ->
                invalid(
                    id.toString(),
                    "No asset is called %s: name one of the assets that systems/ declares."
                        .formatted(id)));
  }

  private Point point(String pointOrLatest) {
    if (!pointOrLatest.startsWith(LATEST)) {
      return found(catalog.find(pointOrLatest).orElse(null), pointOrLatest);
    }
    AssetId asset = assetId(pointOrLatest.substring(LATEST.length()));
    planned(asset);
    return found(catalog.latest(asset).orElse(null), pointOrLatest);
  }

  private static Point found(@Nullable Point point, String asked) {
    if (point == null) {
      throw invalid(
          asked,
          "There is no recovery point %s: list them with 'holdfast points'.".formatted(asked));
    }
    return point;
  }

  private static AssetId assetId(String text) {
    try {
      return AssetId.parse(text);
    } catch (IllegalArgumentException notAName) {
      throw invalid(text, notAName.getMessage() + ".");
    }
  }

  private void requireConnection(String target) {
    int slash = target.indexOf('/');
    String connection = target.substring(0, Math.max(slash, 0));
    if (slash < 0 || !plans.installation().connections().containsKey(connection)) {
      throw invalid(
          target,
          "'%s' is no restore target: write CONNECTION/DATABASE with one of the connections %s."
              .formatted(target, plans.installation().connections().keySet()));
    }
  }

  /** In the journal first, so that whoever hears the id finds the run, come what may. */
  private String accept(String endpoint, Object ticket, List<String> told) {
    return send(queued(ticket), endpoint, ticket, told);
  }

  private Run queued(Object ticket) {
    return runs.queue(Objects.requireNonNull(Closing.request(ticket)));
  }

  private String send(Run run, String endpoint, Object ticket, List<String> told) {
    awaitRoutes();
    try {
      routes.sendBody(endpoint, ticket);
    } catch (CamelExecutionException refused) {
      RunException full = full(run, refused);
      runs.fail(run, full, List.of(Event.failed(run, full, clock.instant(), told)));
      throw full;
    }
    waiting.add(run.id());
    return run.id();
  }

  /** The service answers a moment before its routes have started. */
  private void awaitRoutes() {
    try {
      started.await(ROUTES_START.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
    // its routes have not, yet
  }

  @Override
  public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
    started.countDown();
  }

  private static RunException full(Run run, CamelExecutionException refused) {
    String subject = run.point() == null ? run.asset().toString() : run.point();
    return new RunException(
        Code.BUSY,
        subject,
        true,
        "The run of %s could not be queued: too many wait, or the trigger routes are not loaded; see 'holdfast routes check' and try again."
            .formatted(subject),
        refused);
  }

  private static RunException invalid(String subject, String sentence) {
    return new RunException(Code.INVALID, subject, false, sentence);
  }
}
