package holdfast.retention;

import holdfast.plan.AssetId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question to a person: whether these points, and no others, may go.
 *
 * @param id the SHA-256 of the asset and the points' ids, in hex
 * @param points their ids, in order
 * @param expiresAt when question and answer are void
 * @param approvedAt absent while nobody has agreed
 */
public record Approval(
    String id,
    AssetId asset,
    List<String> points,
    Instant askedAt,
    String askedBy,
    Instant expiresAt,
    @Nullable Instant approvedAt,
    @Nullable String approvedBy) {

  /** How long a question waits, and an answer holds. */
  public static final Duration TERM = Duration.ofDays(3);

  /** A question about points of one asset. */
  static Approval ask(AssetId asset, List<String> points, String actor, Instant now) {
    List<String> ordered = points.stream().sorted().toList();
    return new Approval(
        hash(asset, ordered), asset, ordered, now, actor, now.plus(TERM), null, null);
  }

  private static String hash(AssetId asset, List<String> points) {
    String text = asset + "\n" + String.join("\n", points);
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Whether the points are still those that the id was made from. */
  boolean whole() {
    return id.equals(hash(asset, points));
  }

  /** Whether somebody has agreed to these points, and it still counts. */
  boolean counts(Instant now) {
    return approvedAt != null && expiresAt.isAfter(now) && whole();
  }
}
