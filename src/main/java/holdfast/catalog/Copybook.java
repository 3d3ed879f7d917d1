package holdfast.catalog;

import holdfast.journal.Audit;
import holdfast.journal.Transaction;
import holdfast.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every copy: where it should be, when it was last seen and read, and what is
 * wrong with it. Each change is one transaction with the point's own state and the audit.
 */
public final class Copybook {

  private static final String ACTOR = "holdfast";

  private final Transaction journal;
  private final Audit audit;
  private final InstantSource clock;
  private final PointRows points;
  private final CopyRows copies;

  public Copybook(Transaction journal, Audit audit, InstantSource clock) {
    this.journal = journal;
    this.audit = audit;
    this.clock = clock;
    this.points = new PointRows(journal);
    this.copies = new CopyRows(journal);
  }

  /** Copies that are not as they should be, of points that are to stay. */
  public List<CopyLine> troubled(int limit) {
    List<Point.State> states =
        List.of(Point.State.CORRUPT, Point.State.MISSING, Point.State.SUSPECT);
    return journal.in(() -> copies.in(states, limit));
  }

  public Optional<CopyLine> find(String point, String store) {
    return journal.in(() -> copies.find(point, store));
  }

  /** Of one store, copies that nobody has seen there since {@code moment}. */
  public List<CopyLine> unseen(String store, Instant moment, int limit) {
    return journal.in(() -> copies.unseen(store, moment, limit));
  }

  /**
   * The copy to be read next, claimed for {@code claim}; absent when all were read since {@code
   * moment} and none is under suspicion.
   */
  public Optional<CopyLine> claimUnread(Instant moment, Duration claim) {
    return journal.in(() -> copies.claimUnread(moment, claim));
  }

  /** A copy to be made, claimed for {@code claim}. */
  public Optional<CopyLine> claimMissing(Duration claim) {
    return journal.in(() -> copies.claimMissing(now(), claim));
  }

  /**
   * Extends a claim, or, after trouble that is not the copy's, leaves the copy alone for a while.
   */
  public void claimFor(CopyLine copy, Duration time) {
    journal.run(() -> copies.claimFor(copy, time));
  }

  /** The store says that the copy is there, as it was put. */
  public void seen(CopyLine copy) {
    journal.run(
        () -> copies.write(copy.point(), copy.store(), copy.state(), now(), null, copy.problem()));
  }

  /** Every byte of the copy was read and agreed. */
  public void agreed(CopyLine copy) {
    change(copy, Point.State.GOOD, now(), null, "copy.read");
  }

  /** The copy was made, or made again; every byte of it was hashed on its way. */
  public void made(CopyLine copy, Store.Head head) {
    journal.run(
        () -> {
          copies.head(copy.point(), copy.store(), head.bytes(), head.checksum(), head.etag());
          change(copy, Point.State.GOOD, now(), null, "copy.made");
        });
  }

  /** The copy is not there, not what was put, or cannot be trusted. */
  public void troubled(CopyLine copy, Point.State state, String problem) {
    change(copy, state, null, problem, "copy." + word(state));
  }

  private static String word(Point.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** Adds a copy that the catalog did not know, or finds one again that it missed. */
  void found(Point point, String store, String key) {
    Optional<CopyLine> known = copies.find(point.id(), store);
    if (known.isEmpty()) {
      copies.add(point.id(), store, key, Point.State.SUSPECT);
    }
    copies.find(point.id(), store).ifPresent(this::foundAgain);
  }

  private void foundAgain(CopyLine copy) {
    copies.write(copy.point(), copy.store(), Point.State.SUSPECT, now(), null, "It was found.");
    audit.append(ACTOR, "copy.found", copy.point(), Map.of("store", copy.store()));
  }

  private void change(
      CopyLine copy,
      Point.State state,
      @Nullable Instant read,
      @Nullable String problem,
      String action) {
    journal.run(
        () -> {
          Point point = points.lock(copy.point()).orElseThrow();
          boolean whole = state == Point.State.GOOD && point.state() == Point.State.PROVEN;
          copies.write(
              copy.point(),
              copy.store(),
              whole ? Point.State.PROVEN : state,
              problem == null ? now() : null,
              read,
              problem);
          copies.claimFor(copy, Duration.ZERO);
          points.follow(copy.point());
          if (isWhole(copy.state()) != isWhole(state) || copy.state() != state && problem != null) {
            audit.append(
                ACTOR,
                action,
                copy.point(),
                Map.of("store", copy.store(), "problem", problem == null ? "" : problem));
          }
        });
  }

  private static boolean isWhole(Point.State state) {
    return state == Point.State.GOOD || state == Point.State.PROVEN;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
