package holdfast.camel;

import holdfast.backup.Backup;
import holdfast.catalog.Ticket;
import holdfast.journal.Code;
import holdfast.journal.Event;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.Plans;
import holdfast.restore.RestoreTicket;
import holdfast.verify.ProofTicket;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Ends the runs that their routes do not end, so that none is left running in the journal. */
public final class Closing {

  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private final Plans plans;
  private final Runs runs;
  private final Backup backup;
  private final InstantSource clock;

  Closing(Plans plans, Runs runs, Backup backup, InstantSource clock) {
    this.plans = plans;
    this.runs = runs;
    this.backup = backup;
    this.clock = clock;
  }

  /**
   * Closes the run of a route that threw. Camel's own annotation for the exception would give the
   * innermost cause, or even one that was suppressed, instead of the sentence around it.
   */
  public void failed(
      @Variable("ticket") @Nullable Object ticket,
      @Body @Nullable Object original,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable thrown) {
    Runs.Request request = request(ticket, original);
    RunException failure =
        asFailure(thrown, request == null ? "route" : request.asset().toString());
    if (request == null) {
      LOG.error("A route without a ticket failed: {}", failure.getMessage(), thrown);
      return;
    }
    LOG.warn("Run {} of {} failed: {}", request.id(), request.asset(), failure.getMessage());
    LOG.debug("Its trace", thrown);
    close(request, failure);
  }

  /** Closes the run of a route that came to its end without recording one. */
  public void ended(@Variable("ticket") @Nullable Object ticket, @Body @Nullable Object original) {
    Runs.Request request = request(ticket, original);
    if (request != null && runs.find(request.id()).filter(run -> !run.over()).isPresent()) {
      close(
          request,
          new RunException(
              Code.NO_EVIDENCE,
              request.asset().toString(),
              false,
              "The route of run %s ended without recording a result: compare its file below routes/ with the one shipped."
                  .formatted(request.id())));
    }
    if (request != null) {
      backup.settle(request.id());
    }
  }

  private void close(Runs.Request request, RunException failure) {
    Optional<Run> known = runs.find(request.id());
    if (known.isPresent() && known.get().over()) {
      return;
    }
    Run run = known.orElseGet(() -> runs.begin(request));
    List<String> channels = plans.asset(run.asset()).map(Asset::channels).orElse(List.of());
    runs.fail(run, failure, List.of(Event.failed(run, failure, clock.instant(), channels)));
    backup.discard(run.id()); // only now is it sure that no catalog has it
  }

  /**
   * The failure itself where a step said what is wrong, else one sentence that sends to the log.
   */
  static RunException asFailure(Throwable thrown, String subject) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof RunException known) {
        return known;
      }
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SdkServiceException refused) {
        return refused(subject, refused);
      }
      if (cause instanceof SdkClientException unsent) {
        return new RunException(
            Code.UNREACHABLE,
            subject,
            true,
            "AWS could not be reached in a step of the run of %s: look at the network, then run it again."
                .formatted(subject),
            unsent);
      }
    }
    return new RunException(
        Code.INTERNAL,
        subject,
        false,
        "A step failed in a way Holdfast does not know (%s): see the service's log around this time."
            .formatted(thrown.getClass().getSimpleName()),
        thrown);
  }

  /** AWS itself said no to a step that Camel makes. */
  private static RunException refused(String subject, SdkServiceException refused) {
    boolean denied = refused.statusCode() == 401 || refused.statusCode() == 403;
    boolean later = refused.statusCode() >= 500 || refused.statusCode() == 429;
    return new RunException(
        denied ? Code.DENIED : Code.UNREACHABLE,
        subject,
        later,
        "AWS refused a step of the run of %s (status %d%s): %s."
            .formatted(
                subject,
                refused.statusCode(),
                refused instanceof AwsServiceException aws && aws.awsErrorDetails() != null
                    ? " " + aws.awsErrorDetails().errorCode()
                    : "",
                denied
                    ? "give these keys the rights that Holdfast needs, reading and writing tags among them"
                    : "try again, and look at the service's state"),
        refused);
  }

  private static Runs.@Nullable Request request(@Nullable Object ticket, @Nullable Object body) {
    Runs.Request found = request(ticket);
    return found == null ? request(body) : found;
  }

  static Runs.@Nullable Request request(@Nullable Object ticket) {
    if (ticket instanceof Ticket backup) {
      return new Runs.Request(
          backup.runId(),
          Run.Kind.BACKUP,
          backup.asset().id(),
          backup.trigger(),
          backup.actor(),
          backup.fireTime(),
          null);
    }
    if (ticket instanceof ProofTicket proof) {
      return ofPoint(
          proof.runId(),
          Run.Kind.VERIFY,
          proof.point().asset(),
          proof.trigger(),
          proof.actor(),
          proof.point().id());
    }
    if (ticket instanceof RestoreTicket restore) {
      return ofPoint(
          restore.runId(),
          Run.Kind.RESTORE,
          restore.point().asset(),
          restore.trigger(),
          restore.actor(),
          restore.point().id());
    }
    return null;
  }

  private static Runs.Request ofPoint(
      String run, Run.Kind kind, AssetId asset, String trigger, String actor, String point) {
    return new Runs.Request(run, kind, asset, trigger, actor, null, point);
  }
}
