package holdfast.catalog;

import holdfast.journal.Code;
import holdfast.journal.Event;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.journal.Transaction;
import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.Component;
import holdfast.plan.Objectives;
import holdfast.plan.Plans;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every recovery point known. */
public final class Catalog {

  private static final List<Point.State> RESTORABLE = List.of(Point.State.GOOD, Point.State.PROVEN);

  private final Transaction journal;
  private final Runs runs;
  private final Plans plans;
  private final Function<Ticket, Ruling.Seen> eyes;
  private final InstantSource clock;
  private final PointRows rows;
  private final ProofRows proofs;

  Catalog(
      Transaction journal,
      Runs runs,
      Plans plans,
      Function<Ticket, Ruling.Seen> eyes,
      InstantSource clock) {
    this.journal = journal;
    this.runs = runs;
    this.plans = plans;
    this.eyes = eyes;
    this.clock = clock;
    this.rows = new PointRows(journal);
    this.proofs = new ProofRows(journal);
  }

  /**
   * Makes the point GOOD, in one transaction with the run's end and the messages; where the plan
   * wants a proof after each backup, one of them is for {@link Event#PROOF_CHANNEL}. Recording the
   * same ticket again returns the point that is there.
   *
   * @throws RunException NO_EVIDENCE, naming what is missing, unless every piece of evidence is
   *     there and agrees; FENCED when the lease is lost
   */
  public Point record(Ticket ticket) {
    List<String> missing = Ruling.missing(ticket, eyes.apply(ticket));
    if (!missing.isEmpty()) {
      throw new RunException(
          Code.NO_EVIDENCE,
          ticket.asset().id().toString(),
          false,
          "The backup of %s is not a good point, because this is missing: %s; compare the backup route with the one shipped, then run it again."
              .formatted(ticket.asset().id(), String.join(", ", missing)));
    }
    return journal.in(() -> recorded(ticket, ticket.run(), ticket.evidence()));
  }

  private Point recorded(Ticket ticket, Run run, Evidence evidence) {
    Optional<Point> known = rows.find(run.id());
    if (known.isPresent() && known.get().sealedSha256().equals(evidence.sealed().sha256())) {
      return known.get();
    }
    runs.requireFence(run);
    Manifest manifest = Manifest.parse(evidence.manifest(), run.id());
    Point point = point(ticket.asset(), evidence, manifest);
    rows.insert(point, run.token(), evidence);
    Facts.Around around = around(ticket.asset(), point);
    Event good =
        new Event(
            Event.Type.POINT_GOOD,
            point.asset(),
            run.id(),
            point.id(),
            around.now(),
            Facts.good(point, run, manifest, around),
            Facts.audience(ticket.asset(), Event.PROOF_CHANNEL));
    runs.succeed(run, point.id(), List.of(good));
    return point;
  }

  private static Point point(Asset asset, Evidence evidence, Manifest manifest) {
    String key = Ruling.key(asset, evidence).path();
    return new Point(
        evidence.point(),
        asset.id(),
        Point.State.GOOD,
        manifest.startedAt(),
        manifest.endedAt(),
        evidence.plain().bytes(),
        evidence.plain().sha256(),
        evidence.sealed().bytes(),
        evidence.sealed().sha256(),
        new String(evidence.manifest(), StandardCharsets.UTF_8),
        asset.stores().stream()
            .map(store -> new Point.Copy(store, key, there(store, evidence)))
            .toList(),
        null);
  }

  private static Point.State there(String store, Evidence evidence) {
    return evidence.lost().containsKey(store) ? Point.State.MISSING : Point.State.GOOD;
  }

  /**
   * Notes a proof, in one transaction with the run's end and the messages; PASS makes the point
   * PROVEN, FAIL makes it SUSPECT. Only a PASS ends its run well: the others end it FAILED with the
   * proof's reason.
   *
   * @throws RunException INVALID when run or point are not there; FENCED when the run was closed
   */
  public void prove(Proof proof) {
    journal.run(
        () -> {
          Run run = runs.find(proof.runId()).orElseThrow(() -> unknown("run", proof.runId()));
          runs.requireFence(run);
          Point point = rows.lock(proof.point()).orElseThrow(() -> unknown("point", proof.point()));
          Point.State state = Standing.after(point.state(), proof.verdict());
          proofs.insert(proof);
          rows.state(point, state);
          end(run, proof, told(run, point, proof, state));
        });
  }

  private void end(Run run, Proof proof, Event event) {
    if (proof.verdict() == Proof.Verdict.PASS) {
      runs.succeed(run, proof.point(), List.of(event));
      return;
    }
    Code code = proof.verdict() == Proof.Verdict.FAIL ? Code.CORRUPT : Code.NO_EVIDENCE;
    runs.fail(run, new RunException(code, proof.point(), false, proof.reason()), List.of(event));
  }

  private Event told(Run run, Point point, Proof proof, Point.State state) {
    Event.Type type =
        switch (proof.verdict()) {
          case PASS -> Event.Type.POINT_PROVEN;
          case FAIL -> Event.Type.PROOF_FAILED;
          case COULD_NOT_VERIFY -> Event.Type.PROOF_IMPOSSIBLE;
        };
    Optional<Asset> asset = plans.asset(point.asset());
    Map<String, Object> facts =
        asset
            .map(planned -> Facts.proof(point, proof, state, around(planned, point)))
            .orElse(Map.of("verdict", proof.verdict().words(), "reason", proof.reason()));
    List<String> channels = asset.map(Asset::channels).orElse(List.of());
    return new Event(type, point.asset(), run.id(), point.id(), clock.instant(), facts, channels);
  }

  private Facts.Around around(Asset asset, Point point) {
    Instant now = clock.instant();
    Objectives objectives = plans.component(asset).map(Component::objectives).orElse(Facts.NONE);
    Point previous = rows.newest(asset.id(), RESTORABLE, point.id()).orElse(null);
    return new Facts.Around(asset, objectives, previous, now);
  }

  private static RunException unknown(String kind, String id) {
    return new RunException(
        Code.INVALID, id, false, "There is no %s %s in the journal.".formatted(kind, id));
  }

  public Optional<Point> find(String id) {
    return journal.in(() -> rows.find(id));
  }

  /** The signature of a point's manifest, as it was stored beside it. */
  public byte[] signature(String id) {
    return journal.in(() -> rows.signature(id)).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The newest point that may be restored: GOOD or PROVEN. A SUSPECT one is restored only when it
   * is asked for by its id.
   */
  public Optional<Point> latest(AssetId asset) {
    return journal.in(() -> rows.newest(asset, RESTORABLE, null));
  }

  /** Those whose data is not younger than {@code moment}, newest first. */
  public List<Point> points(AssetId asset, Instant moment, int limit) {
    return journal.in(() -> rows.newestBy(asset, moment, limit));
  }

  /** The newest point that was proven. */
  public Optional<Point> latestProven(AssetId asset) {
    return journal.in(() -> rows.newest(asset, List.of(Point.State.PROVEN), null));
  }

  /** Newest first; all assets when {@code asset} is null. */
  public List<Point> points(@Nullable AssetId asset, int limit) {
    return journal.in(() -> rows.newest(asset, limit));
  }

  /** Proofs of any point of {@code asset}, newest first. */
  public List<Proof> proofs(AssetId asset, int limit) {
    return journal.in(() -> proofs.of(asset, limit));
  }
}
