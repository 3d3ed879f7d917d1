package holdfast.web;

import holdfast.journal.Audit;
import holdfast.journal.Code;
import holdfast.journal.Column;
import holdfast.journal.RunException;
import holdfast.journal.Transaction;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The people who may sign in; each change is audited and ends the sessions it concerns. */
public final class Accounts {

  static final int PASSWORD_MIN = 12;

  /** What bcrypt reads of a password. */
  static final int PASSWORD_MAX_BYTES = 72;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final String COLUMNS = "name, role, initial, stamp, created_at";

  private final Transaction journal;
  private final PasswordEncoder encoder;
  private final Audit audit;
  private final InstantSource clock;

  Accounts(Transaction journal, PasswordEncoder encoder, Audit audit, InstantSource clock) {
    this.journal = journal;
    this.encoder = encoder;
    this.audit = audit;
    this.clock = clock;
  }

  /** Everybody, by name. */
  public List<Account> all() {
    return journal
        .sql("SELECT " + COLUMNS + " FROM accounts ORDER BY name")
        .query(Accounts::row)
        .list();
  }

  public Optional<Account> find(String name) {
    return journal
        .sql("SELECT " + COLUMNS + " FROM accounts WHERE name = ?")
        .param(name)
        .query(Accounts::row)
        .optional();
  }

  /** The password as it is kept, for the sign-in alone. */
  Optional<String> encodedPassword(String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    return journal
        .sql("SELECT password FROM accounts WHERE name = ?")
        .param(name)
        .query(String.class)
        .optional();
  }

  /**
   * Adds an account.
   *
   * @param initial whether the password was generated, so that its owner is asked to change it
   * @throws RunException INVALID for a bad name or password or one that is taken
   */
  public void add(String name, String password, Role role, boolean initial, String actor) {
    if (!NAME.matcher(name).matches()) {
      throw invalid(
          name,
          "The user name must be of lower-case letters, digits, dots, dashes and underscores, at most 63.");
    }
    String encoded = encode(password);
    journal.run(
        () -> {
          try {
            journal
                .sql(
                    "INSERT INTO accounts (name, password, role, initial, created_at) VALUES (?,?,?,?,?)")
                .params(name, encoded, role.name(), initial, Column.of(clock.instant()))
                .update();
          } catch (DuplicateKeyException taken) {
            throw invalid(name, "There is a user %s already.".formatted(name));
          }
          audit.append(actor, "account.add", name, Map.of("role", role.name()));
        });
  }

  /** Changes a role; the last admin keeps it. */
  public void changeRole(String name, Role role, String actor) {
    change(
        name,
        actor,
        "account.role",
        Map.of("role", role.name()),
        () -> {
          if (role != Role.ADMIN) {
            requireAnotherAdmin(name);
          }
          return journal
              .sql("UPDATE accounts SET role = ?, stamp = stamp + 1 WHERE name = ?")
              .params(role.name(), name)
              .update();
        });
  }

  /** Sets a new password, which ends the account's sessions. */
  public void changePassword(String name, String password, boolean initial, String actor) {
    String encoded = encode(password);
    change(
        name,
        actor,
        "account.password",
        Map.of(),
        () ->
            journal
                .sql(
                    "UPDATE accounts SET password = ?, initial = ?, stamp = stamp + 1 WHERE name = ?")
                .params(encoded, initial, name)
                .update());
  }

  /** Removes an account and its tokens; never the last admin. */
  public void remove(String name, String actor) {
    change(
        name,
        actor,
        "account.remove",
        Map.of(),
        () -> {
          requireAnotherAdmin(name);
          return journal.sql("DELETE FROM accounts WHERE name = ?").param(name).update();
        });
  }

  boolean matches(String name, String password) {
    return encodedPassword(name).filter(encoded -> encoder.matches(password, encoded)).isPresent();
  }

  private interface Change {
    int apply();
  }

  private void change(
      String name, String actor, String action, Map<String, Object> detail, Change change) {
    journal.run(
        () -> {
          if (change.apply() == 0) {
            throw invalid(name, "There is no user %s.".formatted(name));
          }
          audit.append(actor, action, name, detail);
        });
  }

  private void requireAnotherAdmin(String name) {
    List<String> admins =
        journal
            .sql("SELECT name FROM accounts WHERE role = 'ADMIN' FOR UPDATE")
            .query(String.class)
            .list();
    if (admins.equals(List.of(name))) {
      throw new RunException(
          Code.REFUSED,
          name,
          false,
          "%s is the only admin left; make another user admin first.".formatted(name));
    }
  }

  private String encode(String password) {
    if (password.length() < PASSWORD_MIN
        || password.getBytes(StandardCharsets.UTF_8).length > PASSWORD_MAX_BYTES) {
      throw invalid(
          "password",
          "The password must have at least %d characters and at most %d bytes."
              .formatted(PASSWORD_MIN, PASSWORD_MAX_BYTES));
    }
    return encoder.encode(password);
  }

  private static RunException invalid(String subject, String sentence) {
    return new RunException(Code.INVALID, subject, false, sentence);
  }

  private static Account row(ResultSet row, int number) throws SQLException {
    return new Account(
        row.getString("name"),
        Role.valueOf(row.getString("role")),
        row.getBoolean("initial"),
        row.getLong("stamp"),
        Column.moment(row, "created_at"));
  }
}
