package holdfast.source;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.process.Running;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A running pg_dump, the snapshot it shares, and what its bytes turned out to be. */
final class PostgresDump implements Source.Dump {

  private static final String FORMAT = "postgresql-custom";
  private static final String EXTENSION = "dump";

  private final String database;
  private final Running program;
  private final Parts parts;
  private final CustomFormat format = new CustomFormat();
  private final StallWatch watch;
  private final Tap tap;

  /**
   * What a dump has besides its program.
   *
   * @param counts small tables, counted in the same snapshot while the dump runs
   * @param all whether every counted table must be in the dump
   * @param cleanUp closes the snapshot and removes the password file; idempotent
   */
  record Parts(
      CompletableFuture<Map<String, Long>> counts,
      boolean all,
      java.util.function.Supplier<String> blocker,
      Runnable cleanUp) {}

  PostgresDump(String database, Running program, Parts parts, SourceSettings settings) {
    this.database = database;
    this.program = program;
    this.parts = parts;
    this.watch = new StallWatch("pg_dump", settings.stall(), program::kill);
    this.tap = new Tap(program.stdout(), format, watch);
    watch.start();
  }

  @Override
  public InputStream bytes() {
    return tap;
  }

  @Override
  public Source.Evidence evidence() {
    tap.rethrow();
    if (!tap.ended()) {
      throw Archive.truncated("nobody read it past byte " + format.position());
    }
    Running.Exit exit = exit();
    if (!exit.ok()) {
      throw failed(exit);
    }
    format.finish();
    Map<String, Long> counted = counted();
    requireAgreement(counted);
    return new Source.Evidence(
        FORMAT,
        EXTENSION,
        Map.copyOf(format.rows()),
        counted,
        format.entriesWithData(),
        format.entriesRead(),
        List.of("pg_dump " + exit.words()));
  }

  private Running.Exit exit() {
    try {
      return program.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException(
          Code.CANCELLED, database, true, "The dump of %s was interrupted.".formatted(database), e);
    }
  }

  private RunException failed(Running.Exit exit) {
    String said = exit.stderrTail().strip();
    if (said.contains("lock timeout") || said.contains("Query was: LOCK TABLE")) {
      return new RunException(
          Code.STALLED,
          database,
          true,
          "The dump of %s waited too long for a table that is locked%s: end that transaction or dump at another time."
              .formatted(database, parts.blocker().get()));
    }
    return new RunException(
        Code.PROGRAM_FAILED,
        database,
        true,
        "pg_dump of %s failed (%s): %s"
            .formatted(
                database, exit.words(), said.isEmpty() ? "it gave no reason" : oneLine(said)));
  }

  /** The complaint as one line, its end kept. */
  private static String oneLine(String said) {
    String line = said.replaceAll("\\s*\\n\\s*", " | ");
    return line.length() <= 600 ? line : "…" + line.substring(line.length() - 600);
  }

  private Map<String, Long> counted() {
    try {
      return Map.copyOf(parts.counts().join());
    } catch (CompletionException e) {
      return Map.of();
    }
  }

  private void requireAgreement(Map<String, Long> counted) {
    counted.forEach(
        (table, rows) -> {
          Long dumped = format.rows().get(table);
          boolean agrees = dumped == null ? !parts.all() : dumped.equals(rows);
          if (!agrees) {
            throw Archive.corrupt(
                "table %s has %d rows in the database and %s in the dump"
                    .formatted(table, rows, dumped == null ? "is not" : dumped));
          }
        });
  }

  @Override
  public void close() {
    watch.close();
    program.close();
    parts.cleanUp().run();
  }
}
