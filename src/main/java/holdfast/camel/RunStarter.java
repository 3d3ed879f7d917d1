package holdfast.camel;

import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.catalog.Ticket;
import holdfast.journal.Code;
import holdfast.journal.Ids;
import holdfast.journal.RunException;
import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.Plans;
import holdfast.restore.RestoreTicket;
import holdfast.verify.ProofTicket;
import java.time.Instant;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/** Hands tickets to the routes' queues. */
final class RunStarter implements Starter {

  private static final String LATEST = "latest:";

  private final Plans plans;
  private final Catalog catalog;
  private final Ids ids;
  private final ProducerTemplate routes;

  RunStarter(Plans plans, Catalog catalog, Ids ids, ProducerTemplate routes) {
    this.plans = plans;
    this.catalog = catalog;
    this.ids = ids;
    this.routes = routes;
  }

  @Override
  public String backup(AssetId asset, String trigger, String actor) {
    Ticket ticket = Ticket.of(ids.next(), planned(asset), trigger, actor, null);
    queue(ticket);
    return ticket.runId();
  }

  /** The ticket of a scheduled run, not yet queued. */
  Ticket scheduled(Asset asset, String schedule, Instant fireTime) {
    return Ticket.of(ids.next(), asset, "schedule:" + schedule, "holdfast", fireTime);
  }

  /** Puts a backup into the queue; throws BUSY when it is full. */
  void queue(Ticket ticket) {
    send("direct:trigger-operator", ticket, ticket.asset().id().toString());
  }

  @Override
  public String verify(String pointOrLatest, String actor) {
    ProofTicket ticket = ProofTicket.of(ids.next(), point(pointOrLatest), "operator", actor);
    send("seda:proofs?size=100&failIfNoConsumers=true", ticket, ticket.point().id());
    return ticket.runId();
  }

  @Override
  public String restore(String pointOrLatest, String target, String actor) {
    Point point = point(pointOrLatest);
    requireConnection(target);
    RestoreTicket ticket = RestoreTicket.of(ids.next(), point, target, "operator", actor);
    send("seda:restores?size=100&failIfNoConsumers=true", ticket, point.id());
    return ticket.runId();
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

  private void send(String endpoint, Object ticket, String subject) {
    try {
      routes.sendBody(endpoint, ticket);
    } catch (CamelExecutionException refused) {
      throw new RunException(
          Code.BUSY,
          subject,
          true,
          "The run of %s could not be queued: too many wait, or the trigger routes are not loaded; see 'holdfast routes check' and try again."
              .formatted(subject),
          refused);
    }
  }

  private static RunException invalid(String subject, String sentence) {
    return new RunException(Code.INVALID, subject, false, sentence);
  }
}
