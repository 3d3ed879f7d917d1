package holdfast.web;

import holdfast.alarm.Guard;
import holdfast.alarm.Inbox;
import holdfast.alarm.Kept;
import holdfast.alarm.Post;
import holdfast.alarm.TurnedAway;
import holdfast.camel.Ingress;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Events for operators and their programs: what is in quarantine, and one handed in by hand. */
@ApiController
@RequestMapping(AlarmsApi.PATH)
class AlarmsApi {

  static final String PATH = "/api/v1/alarms";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LIMIT_MAX = 1000;

  /** The receipt of what was handed in. */
  record Entered(String receipt) {}

  private final Ingress ingress;
  private final Inbox inbox;

  AlarmsApi(Ingress ingress, Inbox inbox) {
    this.ingress = ingress;
    this.inbox = inbox;
  }

  static boolean isFor(HttpServletRequest request) {
    return request.getRequestURI().equals(request.getContextPath() + PATH);
  }

  @Needs(Role.VIEWER)
  @GetMapping("/quarantine")
  List<Kept> quarantine(@RequestParam(defaultValue = "100") int limit) {
    return inbox.quarantined(Math.max(1, Math.min(limit, LIMIT_MAX)));
  }

  @Needs(Role.VIEWER)
  @GetMapping("/{receipt}")
  Kept find(@PathVariable String receipt) {
    return inbox
        .find(receipt)
        .orElseThrow(() -> new NotThere("There is no event with that receipt."));
  }

  /** The body is the event, whatever its content type says. */
  @Needs(Role.OPERATOR)
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  Entered enter(
      @RequestParam(defaultValue = Guard.OPERATOR) String sender, HttpServletRequest request)
      throws IOException {
    byte[] body = PatientBody.read(request, Post.BODY_MAX + 1, PATIENCE);
    try {
      return new Entered(ingress.enter(new Post(sender, body, Map.of())));
    } catch (TurnedAway refused) {
      throw new RunException(
          Code.INVALID, sender, false, String.valueOf(refused.getMessage()), refused);
    }
  }
}
