package holdfast.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.plan.AssetId;
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

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Transaction journal;

  PointRows(Transaction journal) {
    this.journal = journal;
  }

  void insert(Point point, long token, Evidence evidence) {
    journal
        .sql(
            """
            INSERT INTO points (id, system, asset, state, token, at, finished_at,
              plain_bytes, plain_sha256, sealed_bytes, sealed_sha256, manifest, signature)
            VALUES (:id, :system, :asset, :state, :token, :at, :finished,
              :plainBytes, :plainSha256, :sealedBytes, :sealedSha256, :manifest, :signature)""")
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
        .param("signature", new String(evidence.signature(), StandardCharsets.UTF_8))
        .update();
    for (int place = 0; place < point.copies().size(); place++) {
      insert(point, place, evidence);
    }
  }

  private void insert(Point point, int place, Evidence evidence) {
    Point.Copy copy = point.copies().get(place);
    var head =
        evidence.receipts().stream()
            .filter(receipt -> receipt.store().equals(copy.store()))
            .findFirst()
            .orElseThrow()
            .head();
    journal
        .sql(
            """
            INSERT INTO copies (point, place, store, key, state, bytes, checksum, etag)
            VALUES (:point, :place, :store, :key, :state, :bytes, :checksum, :etag)""")
        .param("point", point.id())
        .param("place", place)
        .param("store", copy.store())
        .param("key", copy.key())
        .param("state", copy.state().name())
        .param("bytes", head.bytes())
        .param("checksum", head.checksum())
        .param("etag", head.etag())
        .update();
  }

  void insert(Proof proof) {
    journal
        .sql(
            """
            INSERT INTO proofs (run_id, point, verdict, reason, started_at, ended_at,
              restore_seconds, answers)
            VALUES (:run, :point, :verdict, :reason, :started, :ended, :seconds, :answers)""")
        .param("run", proof.runId())
        .param("point", proof.point())
        .param("verdict", proof.verdict().name())
        .param("reason", proof.reason())
        .param("started", Column.of(proof.startedAt()))
        .param("ended", Column.of(proof.endedAt()))
        .param("seconds", proof.restoreSeconds())
        .param("answers", write(proof.answers()))
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

  /** Sets the point and those of its copies that follow it. */
  void state(Point point, Point.State state) {
    journal
        .sql("UPDATE points SET state = :state WHERE id = :id")
        .param("state", state.name())
        .param("id", point.id())
        .update();
    journal
        .sql("UPDATE copies SET state = :state WHERE point = :id AND state = :before")
        .param("state", state.name())
        .param("id", point.id())
        .param("before", point.state().name())
        .update();
  }

  Optional<Point> find(String id) {
    return read(journal.sql("SELECT * FROM points WHERE id = :id").param("id", id)).stream()
        .findFirst();
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

  /** Newest first. */
  List<Proof> proofs(AssetId asset, int limit) {
    return journal
        .sql(
            """
            SELECT proofs.* FROM proofs JOIN points ON points.id = proofs.point
            WHERE points.system = :system AND points.asset = :asset
            ORDER BY proofs.ended_at DESC, proofs.run_id DESC LIMIT :limit""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .param("limit", limit)
        .query(PointRows::proof)
        .list();
  }

  private List<Point> read(StatementSpec select) {
    List<Point> bare = select.query(PointRows::point).list();
    if (bare.isEmpty()) {
      return bare;
    }
    List<String> ids = bare.stream().map(Point::id).toList();
    Map<String, List<Point.Copy>> copies = copies(ids);
    Map<String, Proof> proofs = newestProofs(ids);
    return bare.stream()
        .map(
            point -> point.with(copies.getOrDefault(point.id(), List.of()), proofs.get(point.id())))
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

  private Map<String, Proof> newestProofs(List<String> ids) {
    Map<String, Proof> proofs = new HashMap<>();
    journal
        .sql(
            """
            SELECT DISTINCT ON (point) * FROM proofs WHERE point IN (:ids)
            ORDER BY point, ended_at DESC, run_id DESC""")
        .param("ids", ids)
        .query(PointRows::proof)
        .list()
        .forEach(proof -> proofs.put(proof.point(), proof));
    return proofs;
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

  private static Proof proof(ResultSet row, int number) throws SQLException {
    return new Proof(
        row.getString("run_id"),
        row.getString("point"),
        Proof.Verdict.valueOf(row.getString("verdict")),
        row.getString("reason"),
        Column.moment(row, "started_at"),
        Column.moment(row, "ended_at"),
        row.getDouble("restore_seconds"),
        answers(row.getString("answers")));
  }

  private static String write(List<Proof.Answer> answers) {
    try {
      return JSON.writeValueAsString(answers);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Answers are plain values", impossible);
    }
  }

  private static List<Proof.Answer> answers(String json) throws SQLException {
    try {
      return JSON.readValue(json, new TypeReference<List<Proof.Answer>>() {});
    } catch (JsonProcessingException broken) {
      throw new SQLException("a proof's answers cannot be read", broken);
    }
  }
}
