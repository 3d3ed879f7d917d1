package holdfast.web;

import holdfast.alarm.Alarm;
import holdfast.alarm.AlarmReader;
import holdfast.alarm.Guard;
import holdfast.alarm.Inbox;
import holdfast.alarm.Kept;
import holdfast.alarm.Post;
import holdfast.alarm.TurnedAway;
import holdfast.camel.Ingress;
import holdfast.incident.Incidents;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Events for operators and their programs: what is in quarantine, and one handed in by hand. */
@ApiController
@RequestMapping(AlarmsApi.PATH)
class AlarmsApi {

  static final String PATH = "/api/v1/alarms";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LIMIT_MAX = 1000;

  /** The receipt of what was handed in. */
  record Entered(String receipt) {}

  /** What an event said. */
  record AlarmLine(
      String kind, Alarm.State state, Severity severity, Situation situation, String title) {

    static AlarmLine of(Alarm alarm) {
      return new AlarmLine(
          alarm.kind(), alarm.state(), alarm.severity(), alarm.situation(), alarm.title());
    }
  }

  /** What became of an event. */
  record Outcome(
      String receipt,
      String sender,
      Kept.State state,
      @Nullable String reason,
      long duplicates,
      List<AlarmLine> alarms,
      List<String> incidents) {}

  private final Ingress ingress;
  private final Inbox inbox;
  private final AlarmReader reader;
  private final Incidents incidents;

  AlarmsApi(Ingress ingress, Inbox inbox, Plans plans, Incidents incidents) {
    this.ingress = ingress;
    this.inbox = inbox;
    this.reader = new AlarmReader(plans);
    this.incidents = incidents;
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
  Outcome find(@PathVariable String receipt) {
    Kept kept =
        inbox.find(receipt).orElseThrow(() -> new NotThere("There is no event with that receipt."));
    List<Alarm> alarms =
        kept.state() == Kept.State.DONE
            ? inbox.arrival(receipt).map(event -> reader.read(event).alarms()).orElse(List.of())
            : List.of();
    return new Outcome(
        receipt,
        kept.sender(),
        kept.state(),
        kept.reason(),
        kept.duplicates(),
        alarms.stream().map(AlarmLine::of).toList(),
        incidents.concerning(alarms));
  }

  /**
   * The body is the event, whatever its content type says. The sender is read from the address
   * itself: whoever asks the server for a parameter of a form gets the body eaten.
   */
  @Needs(Role.OPERATOR)
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  Entered enter(HttpServletRequest request) throws IOException {
    String sender = sender(request.getQueryString());
    byte[] body = PatientBody.read(request, Post.BODY_MAX + 1, PATIENCE);
    try {
      return new Entered(ingress.enter(new Post(sender, body, Map.of())));
    } catch (TurnedAway refused) {
      throw new RunException(
          Code.INVALID, sender, false, String.valueOf(refused.getMessage()), refused);
    }
  }

  private static String sender(@Nullable String query) {
    String given =
        UriComponentsBuilder.newInstance().query(query).build().getQueryParams().getFirst("sender");
    return given == null ? Guard.OPERATOR : UriUtils.decode(given, StandardCharsets.UTF_8);
  }
}
