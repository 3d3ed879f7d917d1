package holdfast.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.plan.AssetId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Proofs as rows. */
final class ProofRows {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Transaction journal;

  ProofRows(Transaction journal) {
    this.journal = journal;
  }

  void insert(Proof proof) {
    journal
        .sql(
            """
            INSERT INTO proofs (run_id, point, verdict, reason, started_at, ended_at,
              restore_seconds, answers)
            VALUES (:run, :point, :verdict, :reason, :started, :ended, :seconds, :answers)
            ON CONFLICT (run_id) DO NOTHING""")
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

  /** Newest first. */
  List<Proof> of(AssetId asset, int limit) {
    return journal
        .sql(
            """
            SELECT proofs.* FROM proofs JOIN points ON points.id = proofs.point
            WHERE points.system = :system AND points.asset = :asset
            ORDER BY proofs.ended_at DESC, proofs.run_id DESC LIMIT :limit""")
        .param("system", asset.system())
        .param("asset", asset.asset())
        .param("limit", limit)
        .query(ProofRows::proof)
        .list();
  }

  /** The verdict of the newest proof that passed or failed. */
  Optional<Proof.Verdict> decided(String point) {
    return journal
        .sql(
            """
            SELECT verdict FROM proofs WHERE point = :point AND verdict IN ('PASS', 'FAIL')
            ORDER BY ended_at DESC, run_id DESC LIMIT 1""")
        .param("point", point)
        .query(String.class)
        .optional()
        .map(Proof.Verdict::valueOf);
  }

  /** By their points, the newest proof of each. */
  Map<String, Proof> newest(List<String> ids) {
    Map<String, Proof> proofs = new HashMap<>();
    journal
        .sql(
            """
            SELECT DISTINCT ON (point) * FROM proofs WHERE point IN (:ids)
            ORDER BY point, ended_at DESC, run_id DESC""")
        .param("ids", ids)
        .query(ProofRows::proof)
        .list()
        .forEach(proof -> proofs.put(proof.point(), proof));
    return proofs;
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
