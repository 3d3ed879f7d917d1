package holdfast.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who did what, when: append-only, each entry hashed over the one before. */
public final class Audit {

  /** One writer at a time, so that the chain never forks; any constant of our own will do. */
  private static final long LOCK = 0x686f6c6466617374L;

  /** What the first entry follows. */
  public static final String ORIGIN = "0".repeat(64);

  private static final int PAGE = 1000;

  private final Transaction journal;
  private final InstantSource clock;

  public Audit(Transaction journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * One entry of the chain.
   *
   * @param detail JSON, its keys in order
   * @param previous the hash of the entry before, in hex
   */
  public record Entry(
      long entry,
      Instant at,
      String actor,
      String action,
      String subject,
      String detail,
      String previous,
      String hash) {

    /** The hash that follows from everything else in this entry. */
    public String computed() {
      return sha256(
          Stream.of(previous, entry, at, actor, action, subject, detail)
              .map(part -> part.toString().length() + ":" + part)
              .toList());
    }
  }

  /**
   * Appends within the caller's transaction, or in one of its own. Lock rows before you append:
   * from here to the end of the transaction every other writer of the chain waits.
   */
  public void append(String actor, String action, String subject, Map<String, Object> detail) {
    journal.run(
        () -> {
          journal
              .sql("SELECT pg_advisory_xact_lock(:lock)")
              .param("lock", LOCK)
              .query()
              .listOfRows();
          Optional<Entry> last = newest(1).stream().findFirst();
          Entry open =
              new Entry(
                  last.map(Entry::entry).orElse(0L) + 1,
                  clock.instant().truncatedTo(ChronoUnit.MICROS),
                  actor,
                  action,
                  subject,
                  Json.write(detail),
                  last.map(Entry::hash).orElse(ORIGIN),
                  "");
          insert(open);
        });
  }

  private void insert(Entry open) {
    journal
        .sql(
            """
            INSERT INTO audit (entry, at, actor, action, subject, detail, previous, hash)
            VALUES (:entry, :at, :actor, :action, :subject, :detail, :previous, :hash)""")
        .param("entry", open.entry())
        .param("at", Column.of(open.at()))
        .param("actor", open.actor())
        .param("action", open.action())
        .param("subject", open.subject())
        .param("detail", open.detail())
        .param("previous", open.previous())
        .param("hash", open.computed())
        .update();
  }

  /** Newest first. */
  public List<Entry> newest(int limit) {
    return journal
        .sql("SELECT * FROM audit ORDER BY entry DESC LIMIT :limit")
        .param("limit", limit)
        .query(ENTRY)
        .list();
  }

  /**
   * What a check of the whole chain found.
   *
   * @param brokenAt the first entry whose hash does not follow; 0 when the chain is whole
   */
  public record Verdict(long entries, long brokenAt) {}

  /**
   * Reads the chain from its first entry. Entries cut off at the newest end leave a whole, shorter
   * chain: only copies kept elsewhere show that.
   */
  public Verdict verify() {
    return journal.in(
        () -> {
          long entries = 0;
          String previous = ORIGIN;
          while (true) {
            List<Entry> page = after(entries, PAGE);
            if (page.isEmpty()) {
              return new Verdict(entries, 0);
            }
            for (Entry entry : page) {
              if (!follows(entry, entries + 1, previous)) {
                return new Verdict(count(), entries + 1);
              }
              entries = entry.entry();
              previous = entry.hash();
            }
          }
        });
  }

  private static boolean follows(Entry entry, long number, String previous) {
    return entry.entry() == number
        && entry.previous().equals(previous)
        && entry.hash().equals(entry.computed());
  }

  /** Those behind an entry, in their order. */
  public List<Entry> after(long number, int limit) {
    return journal
        .sql("SELECT * FROM audit WHERE entry > :number ORDER BY entry LIMIT :limit")
        .param("number", number)
        .param("limit", limit)
        .query(ENTRY)
        .list();
  }

  private long count() {
    return journal.sql("SELECT count(*) FROM audit").query(Long.class).single();
  }

  private static final org.springframework.jdbc.core.RowMapper<Entry> ENTRY =
      (row, number) ->
          new Entry(
              row.getLong("entry"),
              Column.moment(row, "at"),
              row.getString("actor"),
              row.getString("action"),
              row.getString("subject"),
              row.getString("detail"),
              row.getString("previous"),
              row.getString("hash"));

  private static String sha256(List<String> parts) {
    try {
      byte[] content = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
