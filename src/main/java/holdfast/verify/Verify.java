package holdfast.verify;

import holdfast.catalog.Catalog;
import holdfast.catalog.Proof;
import holdfast.catalog.Proof.Verdict;
import holdfast.journal.Code;
import holdfast.journal.Pulse;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.plan.Verification;
import holdfast.stream.KeyRing;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The act of proving a point, one method per line of the proof route. One proof is open at a time;
 * the others wait. However a proof ends, it is recorded and its scratch is removed; one that could
 * not run is never a PASS.
 */
public final class Verify {

  private static final Logger LOG = LoggerFactory.getLogger(Verify.class);

  /** Index builds read nothing for hours, so standing still says nothing here. */
  private static final Duration PATIENCE = Duration.ofDays(7);

  private final Runs runs;
  private final Catalog catalog;
  private final KeyRing keys;
  private final Preparation preparation;
  private final ScratchDataSource copy;
  private final Records records;
  private final InstantSource clock;
  private final Semaphore turn = new Semaphore(1, true);
  private volatile @Nullable OpenProof open;

  Verify(
      Runs runs,
      Catalog catalog,
      KeyRing keys,
      Preparation preparation,
      ScratchDataSource copy,
      Records records,
      InstantSource clock) {
    this.runs = runs;
    this.catalog = catalog;
    this.keys = keys;
    this.preparation = preparation;
    this.copy = copy;
    this.records = records;
    this.clock = clock;
  }

  /** Begins the run and waits until no other proof is open. */
  public ProofTicket claim(ProofTicket ticket) {
    Run run =
        runs.begin(
            new Runs.Request(
                ticket.runId(),
                Run.Kind.VERIFY,
                ticket.point().asset(),
                ticket.trigger(),
                ticket.actor(),
                null,
                ticket.point().id()));
    OpenProof proof =
        new OpenProof(ticket, run, clock.instant(), stop -> Pulse.start(runs, run, PATIENCE, stop));
    proof.pulse.working("wait");
    try {
      turn.acquire();
      open = proof;
    } catch (InterruptedException e) {
      proof.end();
      proof.pulse.check();
      Thread.currentThread().interrupt();
      throw RunException.from(e, ticket.point().id());
    }
    return ticket.claimedBy(run);
  }

  /** Looks for keys and room, and makes the scratch that the point will be loaded into. */
  public ProofTicket prepare(ProofTicket ticket) {
    return step(
        ticket,
        proof -> {
          proof.pulse.working("prepare");
          if (!keys.canOpen()) {
            throw new RunException(
                Code.NO_KEY,
                ticket.point().id(),
                false,
                "There is no key here to open point %s with: set holdfast.keys.opening in application.yml."
                    .formatted(ticket.point().id()));
          }
          preparation.prepare(proof);
        });
  }

  /** Loads the point into the scratch and opens the copy for questions. */
  public ProofTicket restore(ProofTicket ticket) {
    return step(
        ticket,
        proof -> {
          preparation.load(proof);
          Scratch scratch = proof.scratch();
          Duration limit = proof.verification().statementTimeout();
          copy.open(() -> scratch.reader(limit));
          proof.pulse.working("query");
        });
  }

  /** Counts every table of the copy and compares with the dump. */
  public ProofTicket count(ProofTicket ticket) {
    return step(
        ticket,
        proof -> {
          var dumped = proof.manifest().rows().dump();
          try {
            proof.answers.add(Judgement.everyTable(dumped, TableCounts.of(copy, dumped)));
          } catch (SQLException e) {
            proof.pulse.check();
            proof.answers.add(
                Judgement.unanswered(Judgement.EVERY_TABLE, String.valueOf(e.getMessage())));
          }
        });
  }

  /** The plan's questions, each refused here if it must not be asked. */
  public List<Verification.Query> questions(ProofTicket ticket) {
    return mine(ticket).verification().queries();
  }

  /** The SQL to send for one question. */
  public String sql(Verification.Query question) {
    Question.require(question.sql());
    return Question.withoutLastSemicolon(question.sql());
  }

  /** Notes the number that the copy gave. */
  public void answer(Verification.Query question, @Nullable Object got) {
    OpenProof proof = current();
    proof.pulse.check();
    if (got instanceof Number number && isWhole(number)) {
      proof.answers.add(
          Judgement.answer(question, number.longValue(), proof.manifest().rows().dump()));
    } else {
      unanswered(question, "it did not return one row with one whole number");
    }
  }

  private static boolean isWhole(Number number) {
    return number.doubleValue() == Math.rint(number.doubleValue());
  }

  /** Notes that a question got no answer, and why. */
  public void unanswered(Verification.Query question, Throwable why) {
    Throwable cause = why;
    while (cause.getCause() != null && !(cause instanceof SQLException)) {
      cause = cause.getCause();
    }
    unanswered(question, String.valueOf(cause.getMessage()));
  }

  private void unanswered(Verification.Query question, String problem) {
    current().answers.add(Judgement.unanswered(question.name(), problem));
  }

  /** Gives the verdict, puts the signed proof beside every copy, and records both. */
  public ProofTicket judge(ProofTicket ticket) {
    return step(
        ticket,
        proof -> {
          Judgement.Ruling ruling =
              Judgement.rule(proof.verification().queries(), List.copyOf(proof.answers));
          finish(proof, ruling.verdict(), ruling.reason());
        });
  }

  /**
   * Records a proof that broke off: damaged bytes, or a load that the server refused, are a FAIL;
   * anything else is COULD-NOT-VERIFY.
   */
  public void failed(ProofTicket ticket, Throwable why) {
    OpenProof proof = open;
    if (proof == null || !proof.is(ticket)) {
      LOG.warn("Proof {} broke off before it was open: {}", ticket.runId(), why.toString());
      return;
    }
    RunException failure = RunException.from(why, ticket.point().id());
    boolean bad =
        failure.code() == Code.CORRUPT
            || failure.code() == Code.TRUNCATED
            || failure.code() == Code.PROGRAM_FAILED;
    finish(proof, bad ? Verdict.FAIL : Verdict.COULD_NOT_VERIFY, failure.getMessage());
  }

  /** Removes the scratch, records a proof that nobody judged, and lets the next one in. */
  public void close(ProofTicket ticket) {
    OpenProof proof = open;
    if (proof == null || !proof.is(ticket)) {
      return;
    }
    try {
      copy.shut();
      proof.end();
      if (!proof.finished) {
        finish(
            proof,
            Verdict.COULD_NOT_VERIFY,
            "The proof route ended without a verdict; restore its missing step.");
      }
    } finally {
      try {
        proof.removeScratch();
      } finally {
        open = null;
        turn.release();
      }
    }
  }

  private void finish(OpenProof proof, Verdict verdict, String reason) {
    if (proof.finished) {
      return;
    }
    copy.shut();
    proof.end();
    Proof result =
        new Proof(
            proof.run.id(),
            proof.ticket.point().id(),
            verdict,
            reason,
            proof.startedAt,
            clock.instant(),
            proof.restoreSeconds,
            List.copyOf(proof.answers));
    Proof kept = records.put(proof.ticket.point(), result);
    catalog.prove(kept);
    proof.finished = true;
  }

  private OpenProof current() {
    OpenProof proof = open;
    if (proof == null) {
      throw notClaimed("the point");
    }
    return proof;
  }

  private OpenProof mine(ProofTicket ticket) {
    OpenProof proof = current();
    if (!proof.is(ticket)) {
      throw notClaimed(ticket.point().id());
    }
    return proof;
  }

  private static RunException notClaimed(String subject) {
    return new RunException(
        Code.NO_EVIDENCE,
        subject,
        false,
        "The proof of %s was not claimed; restore the claim step of the route.".formatted(subject));
  }

  /** Camel loses Errors, so none may leave an act. */
  private ProofTicket step(ProofTicket ticket, Step step) {
    OpenProof proof = mine(ticket);
    try {
      proof.pulse.check();
      step.take(proof);
      return ticket;
    } catch (Throwable e) {
      proof.pulse.check();
      RunException failure = RunException.from(e, ticket.point().id());
      if (failure.code() == Code.INTERNAL) {
        LOG.error("The proof of {} failed", ticket.point().id(), e);
      }
      throw failure;
    }
  }

  private interface Step {
    void take(OpenProof proof) throws Exception;
  }
}
