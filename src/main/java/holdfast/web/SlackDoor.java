package holdfast.web;

import holdfast.incident.Incidents;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.notify.SlackPresses;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Where Slack says that somebody has pressed a button: the interactivity address of an app. What
 * became of it is told in the incident's thread, so the answer is empty.
 */
@ApiController
class SlackDoor {

  private static final Logger LOG = LoggerFactory.getLogger(SlackDoor.class);
  private static final int BODY_MAX = 64 * 1024;

  /** Slack itself waits three seconds for the answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String UNSIGNED = "Slack has not signed this lately.";

  private final UnprovenBodies bodies = new UnprovenBodies();
  private final SlackPresses presses;
  private final Incidents incidents;

  SlackDoor(SlackPresses presses, Incidents incidents) {
    this.presses = presses;
    this.incidents = incidents;
  }

  /** The body is read as it came: the signature is over its bytes. */
  @Open
  @PostMapping("/in/slack/{channel}")
  ResponseEntity<?> pressed(@PathVariable String channel, HttpServletRequest request) {
    String timestamp = request.getHeader("X-Slack-Request-Timestamp");
    String signature = request.getHeader("X-Slack-Signature");
    if (!presses.claims(channel, timestamp, signature)) {
      return refused(HttpStatus.UNAUTHORIZED, UNSIGNED);
    }
    Optional<byte[]> body;
    try {
      body = bodies.read(request, BODY_MAX, PATIENCE);
    } catch (IOException slow) {
      return refused(HttpStatus.REQUEST_TIMEOUT, "The body did not come to its end in time.");
    }
    if (body.isEmpty()) {
      return refused(HttpStatus.TOO_MANY_REQUESTS, "Too many come at once: send again later.");
    }
    if (!presses.signed(channel, timestamp, signature, body.get())) {
      return refused(HttpStatus.UNAUTHORIZED, UNSIGNED);
    }
    presses.read(body.get()).ifPresent(this::acknowledge);
    return ResponseEntity.ok().build();
  }

  private static ResponseEntity<Problem> refused(HttpStatus status, String sentence) {
    return ResponseEntity.status(status).body(new Problem(sentence, Code.INVALID));
  }

  private void acknowledge(SlackPresses.Press press) {
    try {
      incidents.acknowledge(press.incident(), "slack:" + press.user(), "slack");
    } catch (RunException over) {
      if (over.retryable()) {
        throw over;
      }
      LOG.info("A press in Slack came to nothing: {}", over.getMessage());
    }
  }
}
