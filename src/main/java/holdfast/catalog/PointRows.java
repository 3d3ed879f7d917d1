package holdfast.catalog;

import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.plan.AssetId;
import holdfast.store.Store;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Points, copies and proofs as rows. */
final class PointRows {

  /** What a store holds of a copy that did not get there. */
  private static final Store.Head NOTHING = new Store.Head(0, null, "", Instant.EPOCH, null);

  private final Transaction journal;
  private final ProofRows proofs;

  PointRows(Transaction journal) {
    this.journal = journal;
    this.proofs = new ProofRows(journal);
  }

  void insert(Point point, long token, Evidence evidence) {
    String signature = new String(evidence.signature(), StandardCharsets.UTF_8);
    insert(point, token, signature, "RUN");
    for (int place = 0; place < point.copies().size(); place++) {
      insert(point, place, evidence);
    }
  }

  /** A point that was found in a store; its copies are added as they are. */
  void adopt(Point point, long token, String signature) {
    insert(point, token, signature, "STORE");
  }

  private void insert(Point point, long token, String signature, String origin) {
    journal
        .sql(
            """
            INSERT INTO points (id, system, asset, state, token, at, finished_at,
              plain_bytes, plain_sha256, sealed_bytes, sealed_sha256, manifest, signature, origin)
            VALUES (:id, :system, :asset, :state, :token, :at, :finished, :plainBytes,
              :plainSha256, :sealedBytes, :sealedSha256, :manifest, :signature, :origin)""")
        .param("id", point.id())
        .param("system", point.asset().system())
        .param("asset", point.asset().asset())
        .param("state", point.state().name())
        .param("token", token)
        .param("at", Column.of(point.at()))
        .param("finished", Column.of(point.finishedAt()))
        .param("plainBytes", point.plainBytes())
        .param("plainSha256", point.plainSha256())
        .param("sealedBytes", point.sealedBytes())
        .param("sealedSha256", point.sealedSha256())
        .param("manifest", point.manifest())
        .param("signature", signature)
        .param("origin", origin)
        .update();
  }

  private void insert(Point point, int place, Evidence evidence) {
    Point.Copy copy = point.copies().get(place);
    Store.Head head =
        evidence.receipts().stream()
            .filter(receipt -> receipt.store().equals(copy.store()))
            .findFirst()
            .map(Store.Receipt::head)
            .orElse(NOTHING);
    journal
        .sql(
            """
            INSERT INTO copies (point, place, store, key, state, bytes, checksum, etag, seen_at,
              problem)
            VALUES (:point, :place, :store, :key, :state, :bytes, :checksum, :etag, :seen, :problem)""")
        .param("point", point.id())
        .param("place", place)
        .param("store", copy.store())
        .param("key", copy.key())
        .param("state", copy.state().name())
        .param("bytes", head.bytes())
        .param("checksum", head.checksum())
        .param("etag", head.etag())
        .param("seen", Column.of(head == NOTHING ? null : point.finishedAt()))
        .param("problem", evidence.lost().get(copy.store()))
        .update();
  }

  /** Locks the point's row. */
  Optional<Point> lock(String id) {
    journal
        .sql("SELECT id FROM points WHERE id = :id FOR UPDATE")
        .param("id", id)
        .query(String.class)
        .optional();
    return find(id);
  }

  /** Sets the point, and its whole copies with it. */
  void state(Point point, Point.State state) {
    state(point.id(), state);
    journal
        .sql(
            """
            UPDATE copies SET state = :state WHERE point = :id AND state IN ('GOOD', 'PROVEN')""")
        .param("state", (state == Point.State.PROVEN ? state : Point.State.GOOD).name())
        .param("id", point.id())
        .update();
  }

  private void state(String id, Point.State state) {
    journal
        .sql("UPDATE points SET state = :state WHERE id = :id")
        .param("state", state.name())
        .param("id", id)
        .update();
  }

  /** Brings a point in line with its copies and its newest proof that decided. */
  void follow(String id) {
    Point point = find(id).orElseThrow();
    List<Point.State> copies = point.copies().stream().map(Point.Copy::state).toList();
    Point.State state = Standing.by(point.state(), copies, proofs.decided(id).orElse(null));
    if (state != point.state()) {
      state(id, state);
    }
  }

  Optional<Point> find(String id) {
    return read(journal.sql("SELECT * FROM points WHERE id = :id").param("id", id)).stream()
        .findFirst();
  }

  String signature(String id) {
    return journal
        .sql("SELECT signature FROM points WHERE id = :id")
        .param("id", id)
        .query(String.class)
        .single();
  }

  /** The newest point of an asset in one of {@code states}, other than {@code except}. */
  Optional<Point> newest(AssetId asset, List<Point.State> states, @Nullable String except) {
    return read(
            journal
                .sql(
                    """
                    SELECT * FROM points
                    WHERE system = :system AND asset = :asset AND state IN (:states)
                      AND id <> :except
                    ORDER BY at DESC, id DESC LIMIT 1""")
                .param("system", asset.system())
                .param("asset", asset.asset())
                .param("states", states.stream().map(Enum::name).toList())
                .param("except", except == null ? "" : except))
        .stream()
        .findFirst();
  }

  /** Those that hold data of {@code moment} at most, whatever their state. */
  List<Point> newestBy(AssetId asset, Instant moment, int limit) {
    return read(
        journal
            .sql(
                """
                SELECT * FROM points
                WHERE system = :system AND asset = :asset AND at <= :moment
                ORDER BY at DESC, id DESC LIMIT :limit""")
            .param("system", asset.system())
            .param("asset", asset.asset())
            .param("moment", Column.of(moment))
            .param("limit", limit));
  }

  List<Point> newest(@Nullable AssetId asset, int limit) {
    return read(
        journal
            .sql(
                """
                SELECT * FROM points
                WHERE CAST(:system AS text) IS NULL OR (system = :system AND asset = :asset)
                ORDER BY at DESC, id DESC LIMIT :limit""")
            .param("system", asset == null ? null : asset.system())
            .param("asset", asset == null ? null : asset.asset())
            .param("limit", limit));
  }

  private List<Point> read(StatementSpec select) {
    List<Point> bare = select.query(PointRows::point).list();
    if (bare.isEmpty()) {
      return bare;
    }
    List<String> ids = bare.stream().map(Point::id).toList();
    Map<String, List<Point.Copy>> copies = copies(ids);
    Map<String, Proof> newest = proofs.newest(ids);
    return bare.stream()
        .map(
            point -> point.with(copies.getOrDefault(point.id(), List.of()), newest.get(point.id())))
        .toList();
  }

  private Map<String, List<Point.Copy>> copies(List<String> ids) {
    Map<String, List<Point.Copy>> copies = new HashMap<>();
    journal
        .sql("SELECT * FROM copies WHERE point IN (:ids) ORDER BY point, place")
        .param("ids", ids)
        .query(
            row -> {
              copies
                  .computeIfAbsent(row.getString("point"), id -> new ArrayList<>())
                  .add(
                      new Point.Copy(
                          row.getString("store"),
                          row.getString("key"),
                          Point.State.valueOf(row.getString("state"))));
            });
    return copies;
  }

  private static Point point(ResultSet row, int number) throws SQLException {
    return new Point(
        row.getString("id"),
        new AssetId(row.getString("system"), row.getString("asset")),
        Point.State.valueOf(row.getString("state")),
        Column.moment(row, "at"),
        Column.moment(row, "finished_at"),
        row.getLong("plain_bytes"),
        row.getString("plain_sha256"),
        row.getLong("sealed_bytes"),
        row.getString("sealed_sha256"),
        row.getString("manifest"),
        List.of(),
        null);
  }
}
