package holdfast.web;

import holdfast.incident.Incident;
import holdfast.incident.Incidents;
import holdfast.incident.LevelClock;
import holdfast.incident.LossWindow;
import holdfast.incident.Opening;
import holdfast.incident.Signal;
import holdfast.incident.TimelineEntry;
import holdfast.journal.Outbox;
import java.security.Principal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Incidents for programs. */
@ApiController
@RequestMapping("/api/v1/incidents")
class IncidentsApi {

  private static final int LIMIT_MAX = 1000;

  /** All there is to know about one incident. */
  record Detail(
      Incident incident,
      List<LevelClock> levels,
      List<Signal> signals,
      List<TimelineEntry> timeline,
      List<Outbox.Entry> messages,
      List<LossWindow.Loss> losses) {}

  record OpenRequest(
      @Nullable String system,
      @Nullable String severity,
      @Nullable String situation,
      @Nullable String title,
      @Nullable String text) {}

  record TextRequest(@Nullable String text) {}

  record EstimateRequest(long minutes) {}

  /** The incident that was opened. */
  record Opened(String incident) {}

  private final Incidents incidents;
  private final Outbox outbox;
  private final LossWindow losses;
  private final InstantSource clock;

  IncidentsApi(Incidents incidents, Outbox outbox, LossWindow losses, InstantSource clock) {
    this.incidents = incidents;
    this.outbox = outbox;
    this.losses = losses;
    this.clock = clock;
  }

  @Needs(Role.VIEWER)
  @GetMapping
  List<Incident> list(
      @RequestParam(defaultValue = "false") boolean all,
      @RequestParam(defaultValue = "100") int limit) {
    return all ? incidents.recent(Math.max(1, Math.min(limit, LIMIT_MAX))) : incidents.open();
  }

  @Needs(Role.VIEWER)
  @GetMapping("/{id}")
  Detail one(@PathVariable String id) {
    Incident incident = known(id);
    List<Signal> signals = incidents.signals(id);
    return new Detail(
        incident,
        incidents.levels(id),
        signals,
        incidents.timeline(id),
        outbox.ofIncident(id),
        losses.of(incident, signals));
  }

  @Needs(Role.OPERATOR)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Opened open(@RequestBody OpenRequest request, Principal caller) {
    String system = request.system();
    Opening opening =
        new Opening(
            system == null || system.isEmpty() ? null : Given.text("system", system),
            Given.severity(request.severity()),
            Given.situation(request.situation()),
            Given.text("title", request.title()),
            Given.prose("text", request.text()),
            caller.getName());
    return new Opened(incidents.open(opening));
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/{id}/acknowledge")
  Incident acknowledge(
      @PathVariable String id, @RequestParam(defaultValue = "api") String via, Principal caller) {
    incidents.acknowledge(known(id).id(), caller.getName(), via.equals("cli") ? "cli" : "api");
    return known(id);
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/{id}/resolve")
  Incident resolve(@PathVariable String id, @RequestBody TextRequest request, Principal caller) {
    incidents.resolve(known(id).id(), caller.getName(), Given.text("text", request.text()));
    return known(id);
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/{id}/note")
  Incident note(@PathVariable String id, @RequestBody TextRequest request, Principal caller) {
    incidents.note(known(id).id(), caller.getName(), Given.text("text", request.text()));
    return known(id);
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/{id}/estimate")
  Incident estimate(
      @PathVariable String id, @RequestBody EstimateRequest request, Principal caller) {
    Duration left = Given.minutes(request.minutes());
    incidents.estimate(known(id).id(), caller.getName(), clock.instant().plus(left));
    return known(id);
  }

  private Incident known(String id) {
    return incidents
        .find(id)
        .orElseThrow(() -> new NotThere("There is no incident %s.".formatted(id)));
  }
}
