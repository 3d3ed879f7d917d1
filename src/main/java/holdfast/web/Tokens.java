package holdfast.web;

import holdfast.journal.Audit;
import holdfast.journal.Code;
import holdfast.journal.Column;
import holdfast.journal.Ids;
import holdfast.journal.RunException;
import holdfast.journal.Transaction;
import holdfast.plan.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What programs carry instead of a password; only hashes are kept. */
public final class Tokens {

  static final String PREFIX = "hf_";
  private static final int RANDOM_BYTES = 32;
  private static final int NAME_MAX = 100;

  /**
   * A token, without itself.
   *
   * @param role the most it may do; never more than its owner may
   */
  public record Token(
      String id,
      String owner,
      String name,
      Role role,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt) {}

  /** A new token; {@code secret} is shown once. */
  public record Issued(Token token, Secret secret) {}

  private final Transaction journal;
  private final Accounts accounts;
  private final Ids ids;
  private final Audit audit;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  Tokens(Transaction journal, Accounts accounts, Ids ids, Audit audit, InstantSource clock) {
    this.journal = journal;
    this.accounts = accounts;
    this.ids = ids;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Makes a token for {@code owner}.
   *
   * @param life until it expires; never, when null
   * @throws RunException INVALID for an unknown owner, REFUSED for a role above the owner's
   */
  public Issued issue(String owner, String name, Role role, @Nullable Duration life, String actor) {
    Account account =
        accounts
            .find(owner)
            .orElseThrow(() -> problem(Code.INVALID, owner, "There is no user " + owner + "."));
    if (!account.role().includes(role)) {
      throw problem(
          Code.REFUSED,
          owner,
          "%s is %s, so a token of theirs cannot be %s."
              .formatted(owner, account.role().words(), role.words()));
    }
    if (name.isBlank()
        || name.length() > NAME_MAX
        || (life != null && (life.isNegative() || life.isZero()))) {
      throw problem(
          Code.INVALID,
          owner,
          "A token needs a name of at most %d characters and, if it expires, a positive number of days."
              .formatted(NAME_MAX));
    }
    Instant now = clock.instant();
    Token token =
        new Token(ids.next(), owner, name, role, now, life == null ? null : now.plus(life), null);
    String secret = random();
    journal.run(() -> insert(token, secret, actor));
    return new Issued(token, new Secret(secret));
  }

  private void insert(Token token, String secret, String actor) {
    journal
        .sql(
            "INSERT INTO api_tokens (id, owner, name, hash, role, created_at, expires_at)"
                + " VALUES (?,?,?,?,?,?,?)")
        .param(token.id())
        .param(token.owner())
        .param(token.name())
        .param(hash(secret))
        .param(token.role().name())
        .param(Column.of(token.createdAt()))
        .param(Column.of(token.expiresAt()))
        .update();
    audit.append(
        actor,
        "token.add",
        token.id(),
        Map.of("owner", token.owner(), "role", token.role().name()));
  }

  /** The token that {@code secret} is, with the role it has today, unless expired or revoked. */
  Optional<Token> recognise(String secret) {
    Instant now = clock.instant();
    Optional<Token> found =
        journal
            .sql(
                "UPDATE api_tokens t SET last_used_at = ? FROM accounts a WHERE t.hash = ?"
                    + " AND a.name = t.owner AND (t.expires_at IS NULL OR t.expires_at > ?)"
                    + " RETURNING t.*, a.role AS owner_role")
            .params(Column.of(now), hash(secret), Column.of(now))
            .query(
                (row, number) -> cap(row(row, number), Role.valueOf(row.getString("owner_role"))))
            .optional();
    return found;
  }

  /** Every token, newest first. */
  public List<Token> all() {
    return journal
        .sql("SELECT * FROM api_tokens ORDER BY created_at DESC, id")
        .query(Tokens::row)
        .list();
  }

  /** Ends a token at once. */
  public void revoke(String id, String actor) {
    journal.run(
        () -> {
          if (journal.sql("DELETE FROM api_tokens WHERE id = ?").param(id).update() == 0) {
            throw problem(Code.INVALID, id, "There is no token " + id + ".");
          }
          audit.append(actor, "token.revoke", id, Map.of());
        });
  }

  String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static Token cap(Token token, Role owner) {
    return new Token(
        token.id(),
        token.owner(),
        token.name(),
        token.role().atMost(owner),
        token.createdAt(),
        token.expiresAt(),
        token.lastUsedAt());
  }

  private static Token row(ResultSet row, int number) throws SQLException {
    return new Token(
        row.getString("id"),
        row.getString("owner"),
        row.getString("name"),
        Role.valueOf(row.getString("role")),
        Column.moment(row, "created_at"),
        Column.moment(row, "expires_at"),
        Column.moment(row, "last_used_at"));
  }

  private static RunException problem(Code code, String subject, String sentence) {
    return new RunException(code, subject, false, sentence);
  }
}
