package holdfast.verify;

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
  private final Gate gate;
  private final KeyRing keys;
  private final Preparation preparation;
  private final ScratchDataSource copy;
  private final InstantSource clock;

  Verify(
      Runs runs,
      Gate gate,
      KeyRing keys,
      Preparation preparation,
      ScratchDataSource copy,
      InstantSource clock) {
    this.runs = runs;
    this.gate = gate;
    this.keys = keys;
    this.preparation = preparation;
    this.copy = copy;
    this.clock = clock;
  }

  /** Begins the run and waits until no other proof is open. */
  public ProofTicket claim(ProofTicket ticket) {
    Run run = gate.begin(ticket);
    OpenProof proof =
        new OpenProof(ticket, run, clock.instant(), stop -> Pulse.start(runs, run, PATIENCE, stop));
    proof.pulse.working("wait");
    try {
      gate.enter(proof);
    } catch (Throwable e) {
      proof.end();
      proof.pulse.check();
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
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
          try {
            proof.comparable = TableCounts.comparable(copy, proof.dumped());
            var dumped = proof.dumped();
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
    return gate.current(ticket).verification().queries();
  }

  /** The SQL to send for one question. */
  public String sql(Verification.Query question) {
    Question.require(question.sql());
    return Question.withoutLastSemicolon(question.sql());
  }

  /** Notes the number that the copy gave. */
  public void answer(Verification.Query question, @Nullable Object got) {
    OpenProof proof = gate.current();
    proof.pulse.check();
    if (got instanceof Number number && isWhole(number)) {
      proof.answers.add(Judgement.answer(question, number.longValue(), proof.dumped()));
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
    gate.current().answers.add(Judgement.unanswered(question.name(), problem));
  }

  /** Gives the verdict, puts the signed proof beside every copy, and records both. */
  public ProofTicket judge(ProofTicket ticket) {
    return step(
        ticket,
        proof -> {
          Judgement.Ruling ruling =
              Judgement.rule(proof.verification().queries(), List.copyOf(proof.answers));
          gate.finish(proof, ruling.verdict(), ruling.reason());
        });
  }

  /**
   * Records a proof that broke off: damaged bytes, or a load that the server refused, are a FAIL;
   * anything else is COULD-NOT-VERIFY.
   *
   * @param ticket of the proof; absent where the route was not started by a trigger
   */
  public void failed(@Nullable ProofTicket ticket, Throwable why) {
    RunException failure = RunException.from(why, ticket == null ? "" : ticket.point().id());
    OpenProof proof = gate.ofThisThread();
    if (proof != null) {
      boolean bad =
          failure.code() == Code.CORRUPT
              || failure.code() == Code.TRUNCATED
              || failure.code() == Code.PROGRAM_FAILED;
      gate.finish(proof, bad ? Verdict.FAIL : Verdict.COULD_NOT_VERIFY, failure.getMessage());
    } else if (ticket != null) {
      gate.unclaimed(ticket, failure.getMessage());
    } else {
      LOG.error("A proof without a ticket broke off", why);
    }
  }

  /**
   * Removes the scratch of this thread's proof, records the proof if nobody judged it, and lets the
   * next one in.
   */
  public void close() {
    OpenProof proof = gate.ofThisThread();
    if (proof != null) {
      gate.leave(proof);
    }
  }

  /** Camel loses Errors, so none may leave an act. */
  private ProofTicket step(ProofTicket ticket, Step step) {
    OpenProof proof = gate.current(ticket);
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
