package holdfast.incident;

import holdfast.journal.Column;
import holdfast.journal.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Keys that stand in links of messages, with which whoever was told may acknowledge one incident,
 * once, without signing in. The journal keeps only their hashes.
 *
 * <p>Opening a link must never use the key: mail scanners open links. Only what a person confirms
 * does.
 */
public final class AckLinks {

  private static final Duration VALID = Duration.ofHours(24);
  private static final int KEY_BYTES = 24;
  private static final int KEY_MAX = 64;

  private final Transaction journal;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public AckLinks(Transaction journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * What a key is good for.
   *
   * @param recipient who was told: the name of a channel
   */
  public record Link(String incident, String recipient, Instant expiresAt) {}

  /** A new key for one incident and one recipient, good for a day; URL-safe characters only. */
  public String make(String incident, String recipient) {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    journal.run(
        () -> {
          journal
              .sql("DELETE FROM ack_links WHERE expires_at < :now")
              .param("now", Column.of(clock.instant()))
              .update();
          journal
              .sql("INSERT INTO ack_links VALUES (:hash, :incident, :recipient, :expires)")
              .param("hash", hash(key))
              .param("incident", incident)
              .param("recipient", recipient)
              .param("expires", Column.of(clock.instant().plus(VALID)))
              .update();
        });
    return key;
  }

  /** What {@code key} is good for on {@code incident}; empty for a wrong, used or expired one. */
  public Optional<Link> find(String incident, String key) {
    return ask(
        """
        SELECT incident, recipient, expires_at FROM ack_links
        WHERE hash = :hash AND incident = :incident AND used_at IS NULL AND expires_at > :now""",
        incident,
        key);
  }

  /**
   * Uses the key up, within the caller's transaction where there is one, so that it is used exactly
   * when the acknowledgement is committed; empty for a wrong, used or expired one.
   */
  public Optional<Link> use(String incident, String key) {
    return ask(
        """
        UPDATE ack_links SET used_at = :now
        WHERE hash = :hash AND incident = :incident AND used_at IS NULL AND expires_at > :now
        RETURNING incident, recipient, expires_at""",
        incident,
        key);
  }

  private Optional<Link> ask(String sql, String incident, String key) {
    if (key.isEmpty() || key.length() > KEY_MAX) {
      return Optional.empty();
    }
    return journal.in(
        () ->
            journal
                .sql(sql)
                .param("hash", hash(key))
                .param("incident", incident)
                .param("now", Column.of(clock.instant()))
                .query(
                    (row, number) ->
                        new Link(
                            row.getString("incident"),
                            row.getString("recipient"),
                            Column.moment(row, "expires_at")))
                .optional());
  }

  private static String hash(String key) {
    try {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
