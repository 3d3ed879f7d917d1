package holdfast.catalog;

import holdfast.harness.JournalNode;
import holdfast.harness.SamplePlan;
import holdfast.journal.Audit;
import holdfast.journal.Run;
import holdfast.journal.Runs;
import holdfast.journal.Transaction;
import holdfast.plan.Asset;
import holdfast.plan.Plans;
import holdfast.source.Source;
import holdfast.store.Key;
import holdfast.store.Store;
import holdfast.store.Stores;
import holdfast.stream.Digest;
import holdfast.stream.KeyRing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A catalog on a real journal, and tickets whose evidence is complete. */
public final class Shelf {

  static final Ruling.Seen SEEN = new Ruling.Seen(List.of("AA", "BB"), "CC", null, Set.of());
  static final Digest PLAIN = new Digest(1_000, "0".repeat(64));
  static final Digest SEALED = new Digest(500, "1".repeat(64));

  private final JournalNode node;
  private final InstantSource clock;
  private final Catalog catalog;

  public Shelf(JournalNode node, Plans plans, InstantSource clock) {
    this.node = node;
    this.clock = clock;
    this.catalog = new Catalog(node.transaction(), node.runs(), plans, ticket -> SEEN, clock);
  }

  public Catalog catalog() {
    return catalog;
  }

  /** What lists whole stores, outside a whole house. */
  public static Inventory inventory(
      Transaction journal,
      Audit audit,
      Runs runs,
      Stores stores,
      KeyRing keys,
      InstantSource clock) {
    Copybook copies = new Copybook(journal, audit, clock);
    Adoption adoption = new Adoption(journal, audit, runs, stores, keys, copies);
    return new Inventory(journal, stores, adoption, clock);
  }

  /** A good point of the sample asset, made now. */
  public Point point() {
    return catalog.record(complete(claim()));
  }

  /** A proof of {@code point}, made now, that took {@code seconds} to restore. */
  public Proof prove(Point point, Proof.Verdict verdict, String reason, double seconds) {
    Proof proof = proof(verify(point), point, verdict, reason, seconds);
    catalog.prove(proof);
    return proof;
  }

  Proof proof(Run run, Point point, Proof.Verdict verdict, String reason, double seconds) {
    return new Proof(
        run.id(),
        point.id(),
        verdict,
        reason,
        clock.instant(),
        clock.instant(),
        seconds,
        List.of(new Proof.Answer("users", "= 7, as in the dump", 7L, true, null)));
  }

  Run verify(Point point) {
    return node.runs()
        .begin(
            new Runs.Request(
                node.ids().next(),
                Run.Kind.VERIFY,
                point.asset(),
                "proof",
                "holdfast",
                null,
                point.id()));
  }

  Run claim() {
    return node.runs()
        .begin(
            new Runs.Request(
                node.ids().next(),
                Run.Kind.BACKUP,
                SamplePlan.DATABASE,
                "schedule:nightly",
                "holdfast",
                null,
                null));
  }

  Ticket complete(Run run) {
    return complete(SamplePlan.asset(), run, clock.instant());
  }

  static Ticket complete(Asset asset, Run run, Instant now) {
    return Ticket.of(run.id(), asset, run.trigger(), run.actor(), null)
        .claimedBy(run)
        .with(Recipe.dump(asset))
        .with(Recipe.compress(asset.pipeline()))
        .with(Recipe.seal(asset.pipeline()))
        .with(evidence(asset, run, now))
        .confirmedIn("primary")
        .confirmedIn("second");
  }

  static Evidence evidence(Asset asset, Run run, Instant now) {
    Source.Evidence source = source();
    return new Evidence(
        run.id(),
        new Source.Facts(1_000, Map.of("serverVersion", "15.20")),
        source,
        PLAIN,
        SEALED,
        asset.stores().stream().map(store -> receipt(asset, run, store)).toList(),
        Map.of(),
        manifest(asset, run, now).json(),
        new byte[] {1},
        now,
        now);
  }

  static Source.Evidence source() {
    return new Source.Evidence(
        "postgresql-custom", "dump", Map.of("public.users", 7L), Map.of(), 1, 1, List.of("0"));
  }

  static Store.Receipt receipt(Asset asset, Run run, String store) {
    Key key = Layout.folder(asset.id(), run.id()).child("data.dump.zst.gpg");
    Store.Head head = new Store.Head(SEALED.bytes(), "c2hh-1", "\"e\"", Instant.EPOCH, null);
    return new Store.Receipt(store, key, head, 1, 500);
  }

  static Manifest manifest(Asset asset, Run run, Instant now) {
    return new Manifest(
        Manifest.SCHEMA,
        run.id(),
        asset.id().toString(),
        List.of(),
        now,
        now,
        run.token(),
        "data.dump.zst.gpg",
        "postgresql-custom",
        Map.of("serverVersion", "15.20"),
        new Manifest.Rows("copy", Map.of("public.users", 7L), Map.of()),
        asset.pipeline(),
        PLAIN,
        SEALED,
        new Manifest.Keys(List.of("AA", "BB"), "CC"),
        Map.of("pg_dump", "15.20"));
  }
}
