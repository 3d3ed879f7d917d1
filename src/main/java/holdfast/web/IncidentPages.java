package holdfast.web;

import holdfast.alarm.Inbox;
import holdfast.incident.CustomerNotices;
import holdfast.incident.Incident;
import holdfast.incident.Incidents;
import holdfast.incident.LevelClock;
import holdfast.incident.LossWindow;
import holdfast.incident.Opening;
import holdfast.incident.Reviews;
import holdfast.incident.Signal;
import holdfast.journal.Outbox;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import holdfast.plan.SystemPlan;
import java.security.Principal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Incidents for people: what is wrong, who was called, and the button that says "I do". */
@PageController
@RequestMapping("/incidents")
class IncidentPages {

  private static final int RECENT = 100;
  private static final String VIA = "page";

  private final Incidents incidents;
  private final Reviews reviews;
  private final LossWindow losses;
  private final CustomerNotices notices;
  private final Inbox inbox;
  private final Outbox outbox;
  private final Plans plans;
  private final InstantSource clock;

  IncidentPages(
      Incidents incidents,
      Reviews reviews,
      LossWindow losses,
      CustomerNotices notices,
      Inbox inbox,
      Outbox outbox,
      Plans plans,
      InstantSource clock) {
    this.incidents = incidents;
    this.reviews = reviews;
    this.losses = losses;
    this.notices = notices;
    this.inbox = inbox;
    this.outbox = outbox;
    this.plans = plans;
    this.clock = clock;
  }

  @Needs(Role.VIEWER)
  @GetMapping
  String list(Model model) {
    List<Incident> open = incidents.open();
    model.addAttribute("open", open);
    model.addAttribute(
        "unheard", open.stream().filter(each -> each.state() == Incident.State.OPEN).count());
    model.addAttribute(
        "over", incidents.recent(RECENT).stream().filter(each -> !each.active()).toList());
    model.addAttribute("quarantined", inbox.quarantinedCount());
    model.addAttribute("systems", plans.systems().stream().map(SystemPlan::name).toList());
    model.addAttribute("severities", Severity.values());
    model.addAttribute("situations", Situation.values());
    return "incidents";
  }

  @Needs(Role.VIEWER)
  @GetMapping("/{id}")
  String one(@PathVariable String id, Model model) {
    Incident incident = known(id);
    List<LevelClock> levels = incidents.levels(id);
    model.addAttribute("incident", incident);
    model.addAttribute("levels", levels);
    model.addAttribute(
        "next",
        levels.stream()
            .filter(level -> level.standing() == LevelClock.Standing.NEXT)
            .findFirst()
            .orElse(null));
    model.addAttribute("timeline", incidents.timeline(id));
    model.addAttribute("signals", incidents.signals(id));
    model.addAttribute("raw", raw(id));
    model.addAttribute("notices", notices.of(id));
    model.addAttribute("carriers", notices.channels());
    model.addAttribute("messages", outbox.ofIncident(id));
    model.addAttribute("losses", losses.of(incident, incidents.signals(id)));
    model.addAttribute("calls", reviews.calls(id));
    model.addAttribute("learned", reviews.learned(id).orElse(null));
    model.addAttribute("improvements", reviews.improvements(id));
    return "incident";
  }

  @Needs(Role.OPERATOR)
  @PostMapping
  String open(
      @RequestParam @Nullable String title,
      @RequestParam(defaultValue = "") String system,
      @RequestParam @Nullable String severity,
      @RequestParam @Nullable String situation,
      Principal caller) {
    Opening opening =
        new Opening(
            system.isEmpty() ? null : Given.text("system", system),
            Given.severity(severity),
            Given.situation(situation),
            Given.text("title", title),
            "",
            caller.getName());
    return "redirect:/incidents/" + incidents.open(opening);
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/{id}/acknowledge")
  String acknowledge(@PathVariable String id, Principal caller) {
    incidents.acknowledge(known(id).id(), caller.getName(), VIA);
    return "redirect:/incidents/" + id;
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/{id}/note")
  String note(@PathVariable String id, @RequestParam @Nullable String text, Principal caller) {
    incidents.note(known(id).id(), caller.getName(), Given.text("text", text));
    return "redirect:/incidents/" + id;
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/{id}/resolve")
  String resolve(@PathVariable String id, @RequestParam @Nullable String reason, Principal caller) {
    incidents.resolve(known(id).id(), caller.getName(), Given.text("reason", reason));
    return "redirect:/incidents/" + id;
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/{id}/estimate")
  String estimate(@PathVariable String id, @RequestParam long minutes, Principal caller) {
    Duration left = Given.minutes(minutes);
    incidents.estimate(known(id).id(), caller.getName(), clock.instant().plus(left));
    return "redirect:/incidents/" + id;
  }

  /** The receipts of its signals' newest events that are still kept as they came. */
  private Set<String> raw(String id) {
    return inbox.kept(
        incidents.signals(id).stream().map(Signal::receipt).filter(Objects::nonNull).toList());
  }

  private Incident known(String id) {
    return incidents
        .find(id)
        .orElseThrow(() -> new NotThere("There is no incident %s.".formatted(id)));
  }
}
