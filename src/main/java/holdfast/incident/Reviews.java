package holdfast.incident;

import holdfast.incident.TimelineEntry.Kind;
import holdfast.journal.Audit;
import holdfast.journal.Code;
import holdfast.journal.Column;
import holdfast.journal.RunException;
import holdfast.journal.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What people agree on beside an incident: calls, what was learned, and what is to be improved. */
public final class Reviews {

  private final Transaction journal;
  private final IncidentRows rows;
  private final Chronicle chronicle;
  private final InstantSource clock;

  public Reviews(Transaction journal, Audit audit, InstantSource clock) {
    this.journal = journal;
    this.rows = new IncidentRows(journal);
    this.chronicle = new Chronicle(new TimelineRows(journal), audit);
    this.clock = clock;
  }

  /**
   * A call that people will hold.
   *
   * @param who takes part
   */
  public record Call(Instant at, String who, String about, String actor) {}

  /** What was learned. */
  public record PostMortem(
      String happened, String cause, String well, String badly, String author, Instant writtenAt) {}

  /**
   * Something to be better at next time.
   *
   * @param due by when; absent where nobody said
   * @param doneAt absent while it is not done
   */
  public record Improvement(
      long number,
      String incident,
      String text,
      String owner,
      @Nullable LocalDate due,
      @Nullable Instant doneAt,
      @Nullable String doneBy) {}

  /**
   * Puts a call on the schedule.
   *
   * @throws RunException INVALID when there is no such incident
   */
  public void call(String incident, Instant at, String who, String about, String actor) {
    change(
        incident,
        actor,
        "A call at %s with %s about %s.".formatted(Sentences.time(at), who, about),
        now ->
            journal
                .sql(
                    """
                    INSERT INTO incident_calls (incident, at, who, about, actor)
                    VALUES (:incident, :at, :who, :about, :actor)""")
                .param("incident", incident)
                .param("at", Column.of(at))
                .param("who", who)
                .param("about", about)
                .param("actor", actor)
                .update());
  }

  /** The calls of an incident, in the order they are held. */
  public List<Call> calls(String incident) {
    return journal.in(
        () ->
            journal
                .sql("SELECT * FROM incident_calls WHERE incident = :incident ORDER BY at, number")
                .param("incident", incident)
                .query(
                    (row, number) ->
                        new Call(
                            Column.moment(row, "at"),
                            row.getString("who"),
                            row.getString("about"),
                            row.getString("actor")))
                .list());
  }

  /**
   * Writes down what was learned, in place of what was written before.
   *
   * @throws RunException INVALID when there is no such incident
   */
  public void learn(
      String incident, String happened, String cause, String well, String badly, String author) {
    change(
        incident,
        author,
        "What was learned is written down.",
        now ->
            journal
                .sql(
                    """
                    INSERT INTO post_mortems (incident, happened, cause, well, badly, author,
                      written_at)
                    VALUES (:incident, :happened, :cause, :well, :badly, :author, :at)
                    ON CONFLICT (incident) DO UPDATE SET happened = :happened, cause = :cause,
                      well = :well, badly = :badly, author = :author, written_at = :at""")
                .param("incident", incident)
                .param("happened", happened)
                .param("cause", cause)
                .param("well", well)
                .param("badly", badly)
                .param("author", author)
                .param("at", Column.of(now))
                .update());
  }

  /** What was learned; empty where nobody has written it down. */
  public Optional<PostMortem> learned(String incident) {
    return journal.in(
        () ->
            journal
                .sql("SELECT * FROM post_mortems WHERE incident = :incident")
                .param("incident", incident)
                .query(
                    (row, number) ->
                        new PostMortem(
                            row.getString("happened"),
                            row.getString("cause"),
                            row.getString("well"),
                            row.getString("badly"),
                            row.getString("author"),
                            Column.moment(row, "written_at")))
                .optional());
  }

  /**
   * Notes something to improve.
   *
   * @throws RunException INVALID when there is no such incident
   */
  public void improve(
      String incident, String text, String owner, @Nullable LocalDate due, String actor) {
    change(
        incident,
        actor,
        "To be improved by %s: %s".formatted(owner, text),
        now ->
            journal
                .sql(
                    """
                    INSERT INTO improvements (incident, text, owner, due)
                    VALUES (:incident, :text, :owner, CAST(:due AS date))""")
                .param("incident", incident)
                .param("text", text)
                .param("owner", owner)
                .param("due", due == null ? null : due.toString())
                .update());
  }

  /**
   * Notes that an improvement is made; again changes nothing.
   *
   * @throws RunException INVALID when there is none of that number
   */
  public void done(long number, String actor) {
    journal.run(
        () -> {
          Improvement item =
              improvements("number = :key", number).stream()
                  .findFirst()
                  .orElseThrow(() -> unknown("improvement", Long.toString(number)));
          if (item.doneAt() == null) {
            change(
                item.incident(), actor, "Improved: " + item.text(), now -> end(number, actor, now));
          }
        });
  }

  private int end(long number, String actor, Instant now) {
    return journal
        .sql("UPDATE improvements SET done_at = :at, done_by = :actor WHERE number = :number")
        .param("at", Column.of(now))
        .param("actor", actor)
        .param("number", number)
        .update();
  }

  /** What is to be improved after an incident, in the order noted. */
  public List<Improvement> improvements(String incident) {
    return journal.in(() -> improvements("incident = :key", incident));
  }

  /** Everything that is still to be improved, what is due first. */
  public List<Improvement> outstanding() {
    return journal.in(
        () ->
            improvements("done_at IS NULL AND :key = 0", 0).stream()
                .sorted(
                    Comparator.comparing(
                        Improvement::due, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList());
  }

  private List<Improvement> improvements(String which, Object key) {
    return journal
        .sql("SELECT * FROM improvements WHERE " + which + " ORDER BY number")
        .param("key", key)
        .query(
            (row, number) -> {
              LocalDate due = row.getObject("due", LocalDate.class);
              return new Improvement(
                  row.getLong("number"),
                  row.getString("incident"),
                  row.getString("text"),
                  row.getString("owner"),
                  due,
                  Column.moment(row, "done_at"),
                  row.getString("done_by"));
            })
        .list();
  }

  private void change(String incident, String actor, String text, Consumer<Instant> change) {
    journal.run(
        () -> {
          if (rows.lock(incident).isEmpty()) {
            throw unknown("incident", incident);
          }
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          change.accept(now);
          chronicle.add(incident, now, Kind.NOTE, actor, text);
        });
  }

  private static RunException unknown(String kind, String id) {
    return new RunException(Code.INVALID, id, false, "There is no %s %s.".formatted(kind, id));
  }
}
