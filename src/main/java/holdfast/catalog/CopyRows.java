package holdfast.catalog;

import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.plan.AssetId;
import holdfast.stream.Digest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies as rows. */
final class CopyRows {

  private static final String LINE =
      """
      SELECT copies.*, points.system, points.asset, points.sealed_bytes, points.sealed_sha256
      FROM copies JOIN points ON points.id = copies.point
      """;

  private final Transaction journal;

  CopyRows(Transaction journal) {
    this.journal = journal;
  }

  Optional<CopyLine> find(String point, String store) {
    return journal
        .sql(LINE + "WHERE copies.point = :point AND copies.store = :store")
        .param("point", point)
        .param("store", store)
        .query(CopyRows::read)
        .optional();
  }

  /** Copies in any of {@code states} of points that are neither going nor gone, oldest first. */
  List<CopyLine> in(List<Point.State> states, int limit) {
    return journal
        .sql(
            LINE
                + """
                WHERE copies.state IN (:states) AND points.state NOT IN ('EXPIRING', 'DELETED')
                ORDER BY copies.point, copies.place LIMIT :limit""")
        .param("states", states.stream().map(Enum::name).toList())
        .param("limit", limit)
        .query(CopyRows::read)
        .list();
  }

  /** Of one store, those last seen before {@code moment} that should be there. */
  List<CopyLine> unseen(String store, Instant moment, int limit) {
    return journal
        .sql(
            LINE
                + """
                WHERE copies.store = :store AND copies.state IN ('GOOD', 'PROVEN', 'SUSPECT')
                  AND points.state NOT IN ('EXPIRING', 'DELETED')
                  AND (copies.seen_at IS NULL OR copies.seen_at < :moment)
                ORDER BY copies.seen_at NULLS FIRST, copies.point LIMIT :limit""")
        .param("store", store)
        .param("moment", Column.of(moment))
        .param("limit", limit)
        .query(CopyRows::read)
        .list();
  }

  /**
   * Claims the copy that most needs to be read, for a while: one under suspicion, then the one read
   * longest ago, if that was before {@code moment}.
   */
  Optional<CopyLine> claimUnread(Instant moment, Duration claim) {
    return claim(
        """
        c.state IN ('GOOD', 'PROVEN', 'SUSPECT') AND p.state NOT IN ('EXPIRING', 'DELETED')
          AND (c.state = 'SUSPECT' OR coalesce(c.read_at, p.finished_at) < :moment)
        ORDER BY (c.state = 'SUSPECT') DESC, coalesce(c.read_at, p.finished_at), c.point,
          c.place""",
        moment,
        claim);
  }

  /** Claims a copy that is not where it should be, though another one is whole; newest first. */
  Optional<CopyLine> claimMissing(Instant now, Duration claim) {
    return claim(
        """
        c.state = 'MISSING' AND p.state IN ('GOOD', 'PROVEN') AND p.finished_at <= :moment
          AND EXISTS (SELECT FROM copies o WHERE o.point = c.point AND o.state IN ('GOOD', 'PROVEN'))
        ORDER BY p.at DESC, c.place""",
        now,
        claim);
  }

  private Optional<CopyLine> claim(String which, Instant moment, Duration claim) {
    return journal
        .sql(
            """
            WITH chosen AS (
              SELECT c.point, c.store FROM copies c JOIN points p ON p.id = c.point
              WHERE (c.claimed_until IS NULL OR c.claimed_until < now()) AND\s"""
                + which
                + """
                 LIMIT 1 FOR UPDATE OF c SKIP LOCKED),
            claimed AS (
              UPDATE copies SET claimed_until = now() + make_interval(secs => :seconds)
              FROM chosen WHERE copies.point = chosen.point AND copies.store = chosen.store
              RETURNING copies.*)
            SELECT claimed.*, points.system, points.asset, points.sealed_bytes, points.sealed_sha256
            FROM claimed JOIN points ON points.id = claimed.point""")
        .param("moment", Column.of(moment))
        .param("seconds", claim.toSeconds())
        .query(CopyRows::read)
        .optional();
  }

  /** Leaves a copy alone for {@code pause}; zero gives it back at once. */
  void claimFor(CopyLine copy, Duration pause) {
    journal
        .sql(
            """
            UPDATE copies SET claimed_until = now() + make_interval(secs => :seconds)
            WHERE point = :point AND store = :store""")
        .param("seconds", pause.toSeconds())
        .param("point", copy.point())
        .param("store", copy.store())
        .update();
  }

  /** Writes what is known of a copy now; null leaves a moment as it was. */
  void write(
      String point,
      String store,
      Point.State state,
      @Nullable Instant seen,
      @Nullable Instant read,
      @Nullable String problem) {
    journal
        .sql(
            """
            UPDATE copies SET state = :state, problem = :problem,
              seen_at = coalesce(:seen, seen_at), read_at = coalesce(:read, read_at)
            WHERE point = :point AND store = :store""")
        .param("state", state.name())
        .param("problem", problem)
        .param("seen", Column.of(seen))
        .param("read", Column.of(read))
        .param("point", point)
        .param("store", store)
        .update();
  }

  /** What the store says of the data object. */
  void head(String point, String store, long bytes, @Nullable String checksum, String etag) {
    journal
        .sql(
            """
            UPDATE copies SET bytes = :bytes, checksum = :checksum, etag = :etag
            WHERE point = :point AND store = :store""")
        .param("bytes", bytes)
        .param("checksum", checksum)
        .param("etag", etag)
        .param("point", point)
        .param("store", store)
        .update();
  }

  /** Adds a copy that was not known, behind the others. */
  void add(String point, String store, String key, Point.State state) {
    journal
        .sql(
            """
            INSERT INTO copies (point, place, store, key, state, bytes, etag)
            SELECT :point, coalesce(max(place) + 1, 0), :store, :key, :state, 0, ''
            FROM copies WHERE point = :point""")
        .param("point", point)
        .param("store", store)
        .param("key", key)
        .param("state", state.name())
        .update();
  }

  private static CopyLine read(ResultSet row, int number) throws SQLException {
    return new CopyLine(
        row.getString("point"),
        new AssetId(row.getString("system"), row.getString("asset")),
        row.getString("store"),
        row.getString("key"),
        Point.State.valueOf(row.getString("state")),
        new Digest(row.getLong("sealed_bytes"), row.getString("sealed_sha256")),
        row.getString("checksum"),
        Column.moment(row, "seen_at"),
        Column.moment(row, "read_at"),
        row.getString("problem"));
  }
}
