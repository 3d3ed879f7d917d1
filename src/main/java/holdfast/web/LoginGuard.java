package holdfast.web;

import holdfast.journal.Column;
import holdfast.journal.Transaction;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Slows down guessing, per account and per address. An attempt is charged before the password is
 * looked at, so that many at once gain nothing.
 */
final class LoginGuard {

  private static final int NAME_MAX = 63;
  private static final int NET_BYTES = 8;

  private final Transaction journal;
  private final InstantSource clock;

  LoginGuard(Transaction journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** Charges an attempt; how long to wait when it is refused, else zero. */
  Duration charge(String name, String address) {
    Instant now = clock.instant();
    return journal.in(
        () -> {
          Duration wait =
              longer(
                  wait(ofAddress(address), Backoff.ADDRESS, now),
                  wait(ofName(name), Backoff.ACCOUNT, now));
          if (wait.isZero()) {
            count(ofAddress(address), now);
            count(ofName(name), now);
          }
          return wait;
        });
  }

  /** The password was right: the account starts afresh, the address gets this attempt back. */
  void refund(String name, String address) {
    journal.run(
        () -> {
          journal
              .sql("UPDATE login_attempts SET attempts = attempts - 1 WHERE subject = ?")
              .param(ofAddress(address))
              .update();
          journal.sql("DELETE FROM login_attempts WHERE subject = ?").param(ofName(name)).update();
          forget(clock.instant().minus(Backoff.MEMORY));
        });
  }

  private Duration wait(String subject, Backoff backoff, Instant now) {
    journal
        .sql("INSERT INTO login_attempts VALUES (?, 0, ?) ON CONFLICT (subject) DO NOTHING")
        .params(subject, Column.of(now))
        .update();
    journal
        .sql("UPDATE login_attempts SET attempts = 0 WHERE subject = ? AND last_at < ?")
        .params(subject, Column.of(now.minus(Backoff.MEMORY)))
        .update();
    return journal
        .sql("SELECT attempts, last_at FROM login_attempts WHERE subject = ? FOR UPDATE")
        .param(subject)
        .query(
            (row, number) -> {
              Duration wait = backoff.after(row.getInt("attempts"));
              Instant open = Column.moment(row, "last_at").plus(wait);
              boolean shut = !wait.isZero() && open.isAfter(now);
              return shut ? Duration.between(now, open) : Duration.ZERO;
            })
        .single();
  }

  private void forget(Instant before) {
    journal
        .sql(
            "DELETE FROM login_attempts WHERE subject IN"
                + " (SELECT subject FROM login_attempts WHERE last_at < ? FOR UPDATE SKIP LOCKED)")
        .param(Column.of(before))
        .update();
  }

  private void count(String subject, Instant now) {
    journal
        .sql("UPDATE login_attempts SET attempts = attempts + 1, last_at = ? WHERE subject = ?")
        .params(Column.of(now), subject)
        .update();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static String ofName(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replace("\0", "");
    return "account:" + lower.substring(0, Math.min(lower.length(), NAME_MAX));
  }

  /** Whoever has one IPv6 address has its whole /64. */
  private static String ofAddress(String address) {
    if (!address.contains(":")) {
      return "address:" + address;
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return "address:" + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, NET_BYTES));
    } catch (UnknownHostException e) {
      return "address:unknown";
    }
  }
}
