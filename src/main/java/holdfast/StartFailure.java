package holdfast;

import holdfast.journal.RunException;
import holdfast.plan.Finding;
import holdfast.plan.InvalidPlanException;
import holdfast.plan.SecretMissingException;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.PortInUseException;

/**
 * Why the service did not start, for a person.
 *
 * @param exitCode 2 for an invalid plan, 1 for everything else
 */
public record StartFailure(int exitCode, List<String> lines) {

  /** Finds the sentence in what was thrown. */
  public static StartFailure of(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof InvalidPlanException invalid) {
        return new StartFailure(2, invalid.findings().stream().map(Finding::toString).toList());
      }
      if (at instanceof RunException || at instanceof SecretMissingException) {
        return new StartFailure(1, List.of(String.valueOf(at.getMessage())));
      }
      if (at instanceof PortInUseException taken) {
        return new StartFailure(1, List.of(portTaken(taken.getPort())));
      }
    }
    LoggerFactory.getLogger(Application.class).error("Holdfast did not start", failure);
    return new StartFailure(
        1, List.of("Holdfast did not start, which is a defect: its log above has the details."));
  }

  private static String portTaken(int port) {
    return "Port %d is taken: stop the program that has it, or set another server.port or management.server.port in application.yml."
        .formatted(port);
  }
}
