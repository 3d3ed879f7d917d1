package holdfast.retention;

import holdfast.catalog.Catalog;
import holdfast.catalog.Layout;
import holdfast.catalog.Point;
import holdfast.catalog.Proof;
import holdfast.catalog.Shelf;
import holdfast.harness.JournalNode;
import holdfast.harness.SamplePlan;
import holdfast.harness.SettableClock;
import holdfast.plan.Asset;
import holdfast.plan.KeySpec;
import holdfast.plan.Origin;
import holdfast.plan.Plans;
import holdfast.plan.Retention;
import holdfast.plan.Secret;
import holdfast.plan.SecretRef;
import holdfast.plan.SecretSource;
import holdfast.plan.Secrets;
import holdfast.store.Key;
import holdfast.store.TwoPlaces;
import holdfast.stream.KeyMaker;
import holdfast.stream.KeyRing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sample asset with points that really lie in a bucket and a folder, a real journal, a clock
 * that we move, and the room as the service wires it.
 */
final class Archive implements AutoCloseable {

  final SettableClock clock = SettableClock.at("2026-01-10T05:00:00Z");
  final JournalNode node = JournalNode.fresh(clock);
  final TwoPlaces places;
  final Obstacles stores;
  final KeyRing keys;
  Optional<Instant> witness = Optional.empty();
  private Plans plans;
  private Shelf shelf;

  Archive(Path folder, Retention rules) {
    places = new TwoPlaces(folder);
    stores = new Obstacles(places);
    keys = keys(folder.resolve("keys"), clock);
    plan(rules);
  }

  private static KeyRing keys(Path folder, SettableClock clock) {
    char[] passphrase = "correct horse".toCharArray();
    KeyMaker.Made made =
        KeyMaker.make(folder, "signing", KeyMaker.Use.SIGN, passphrase, clock.instant());
    SecretRef ref = new SecretRef(SecretRef.Kind.ENV, "PASSPHRASE");
    KeySpec spec =
        new KeySpec(
            Map.of(),
            made.secretFile(),
            ref,
            null,
            null,
            new Origin(Path.of("application.yml"), 1));
    SecretSource source =
        new SecretSource() {
          @Override
          public SecretRef.Kind kind() {
            return SecretRef.Kind.ENV;
          }

          @Override
          public Secret read(SecretRef wanted) {
            return new Secret("correct horse");
          }
        };
    return new KeyRing(spec, new Secrets(List.of(source)), clock);
  }

  static Retention last(int count) {
    return new Retention(
        null, count, Map.of(), ZoneOffset.UTC, Duration.ofDays(1), Duration.ofDays(3));
  }

  /** The service is started again with other rules. */
  void plan(Retention rules) {
    Asset asset = SamplePlan.asset();
    plans =
        SamplePlan.plans(
            new Asset(
                asset.id(),
                asset.component(),
                asset.source(),
                asset.pipeline(),
                asset.schedules(),
                asset.stores(),
                asset.copies(),
                asset.verification(),
                rules,
                asset.lifecycle(),
                asset.channels(),
                asset.origin()));
    shelf = new Shelf(node, plans, clock);
  }

  Catalog catalog() {
    return shelf.catalog();
  }

  /** A good point of now, whose objects lie in both places. */
  Point point() {
    Point point = shelf.point();
    for (Point.Copy copy : point.copies()) {
      places.put(copy.store(), copy.key(), new byte[(int) point.sealedBytes()]);
      Key manifest = Layout.beside(new Key(copy.key()), Layout.MANIFEST);
      byte[] document = point.manifest().getBytes(StandardCharsets.UTF_8);
      places.put(copy.store(), manifest.path(), document);
      places.put(copy.store(), Layout.signature(manifest.path()), new byte[] {1});
    }
    return point;
  }

  /** One point a day, the newest today; the oldest first. */
  List<String> nights(int count) {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        days(1);
      }
      made.add(point().id());
    }
    return made;
  }

  Proof prove(String point, Proof.Verdict verdict) {
    return shelf.prove(find(point), verdict, "so it was", 1);
  }

  Point find(String point) {
    return catalog().find(point).orElseThrow();
  }

  Point.State state(String point) {
    return find(point).state();
  }

  /** What of a point lies in a store, by name. */
  List<String> left(String store, String point) {
    String folder = Layout.folder(SamplePlan.DATABASE, point).path() + "/";
    return places.keys(store, folder).stream().map(key -> key.substring(folder.length())).toList();
  }

  /** Time passes as it does while a service runs. */
  void days(int count) {
    for (int i = 0; i < count; i++) {
      clock.move(Duration.ofDays(1));
      sense().look();
    }
  }

  ClockSense sense() {
    return new ClockSense(node.transaction(), node.audit(), () -> witness, clock);
  }

  Retentions retentions() {
    return new Retentions(
        plans,
        node.transaction(),
        node.audit(),
        stores,
        expiring(),
        publishing(),
        new Recall(node.transaction(), node.audit(), catalog(), new Notes(stores, keys)),
        sense(),
        clock);
  }

  Holds holds() {
    return new Holds(node.transaction(), node.audit(), node.ids(), expiring(), publishing(), clock);
  }

  private Publishing publishing() {
    return new Publishing(node.transaction(), catalog(), new Notes(stores, keys));
  }

  private Expiring expiring() {
    return new Expiring(
        node.transaction(),
        node.audit(),
        catalog(),
        stores,
        new Notes(stores, keys),
        node.ids(),
        clock);
  }

  /** A pass over the asset. */
  Report apply() {
    return retentions().apply(null, "ada").get(0);
  }

  Report show() {
    return retentions().show(null).get(0);
  }

  List<Note> notes(String store, String point) {
    return Notes.read(places.named(store), Layout.folder(SamplePlan.DATABASE, point), keys);
  }

  @Override
  public void close() {
    places.close();
  }
}
