package holdfast.web;

import holdfast.absence.Watches;
import holdfast.camel.Starter;
import holdfast.catalog.Catalog;
import holdfast.journal.Event;
import holdfast.journal.Outbox;
import holdfast.journal.Run;
import holdfast.journal.Runs;
import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.PlanDrift;
import holdfast.plan.Plans;
import holdfast.report.Reports;
import holdfast.report.Status;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Status, assets and runs for people. */
@PageController
class Pages {

  private static final int POINTS_MAX = 50;
  private static final int RUNS_MAX = 30;
  private static final int PROOFS_MAX = 10;

  private final Starter starter;
  private final Runs runs;
  private final Catalog catalog;
  private final Outbox outbox;
  private final Reports reports;
  private final Plans plans;
  private final PlanDrift drift;
  private final Watches watches;

  Pages(
      Starter starter,
      Runs runs,
      Catalog catalog,
      Outbox outbox,
      Reports reports,
      Plans plans,
      PlanDrift drift,
      Watches watches) {
    this.starter = starter;
    this.runs = runs;
    this.catalog = catalog;
    this.outbox = outbox;
    this.reports = reports;
    this.plans = plans;
    this.drift = drift;
    this.watches = watches;
  }

  @Needs(Role.VIEWER)
  @GetMapping("/")
  String status(Model model) {
    model.addAttribute("status", reports.status());
    model.addAttribute("changed", drift.findings());
    model.addAttribute("watches", watches.lines());
    return "status";
  }

  @Needs(Role.VIEWER)
  @GetMapping("/systems/{system}/{asset}")
  String asset(@PathVariable String system, @PathVariable String asset, Model model) {
    Asset known = known(system, asset);
    model.addAttribute("asset", known);
    model.addAttribute("line", line(known.id()));
    model.addAttribute("proofs", catalog.proofs(known.id(), PROOFS_MAX));
    model.addAttribute("points", catalog.points(known.id(), POINTS_MAX));
    model.addAttribute("runs", runs.recent(known.id(), RUNS_MAX));
    return "asset";
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/systems/{system}/{asset}/backup")
  String backup(@PathVariable String system, @PathVariable String asset, Principal caller) {
    return "redirect:/runs/" + starter.backup(known(system, asset).id(), "page", caller.getName());
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/systems/{system}/{asset}/prove")
  String prove(
      @PathVariable String system,
      @PathVariable String asset,
      @RequestParam Optional<String> point,
      Principal caller) {
    AssetId id = known(system, asset).id();
    String wanted = Given.text("point", point.orElse("latest:" + id));
    return "redirect:/runs/" + starter.verify(wanted, caller.getName());
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/systems/{system}/{asset}/schedule")
  String schedule(
      @PathVariable String system,
      @PathVariable String asset,
      @RequestParam boolean paused,
      Principal caller) {
    AssetId id = known(system, asset).id();
    runs.pause(id.system(), id.asset(), paused, caller.getName());
    return "redirect:/systems/" + id;
  }

  @Needs(Role.VIEWER)
  @GetMapping("/runs/{id}")
  String run(@PathVariable String id, Model model) {
    Run run = runs.find(id).orElseThrow(() -> new NotThere("There is no run %s.".formatted(id)));
    model.addAttribute("run", run);
    model.addAttribute(
        "point", Optional.ofNullable(run.point()).flatMap(catalog::find).orElse(null));
    model.addAttribute("messages", told(id));
    return "run";
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/runs/{id}/cancel")
  String cancel(@PathVariable String id, Principal caller) {
    Run run = runs.find(id).orElseThrow(() -> new NotThere("There is no run " + id + "."));
    runs.cancel(run.id(), caller.getName());
    return "redirect:/runs/" + run.id();
  }

  /** What went to people and programs; a proof's own start is no message. */
  private List<Outbox.Entry> told(String run) {
    return outbox.ofRun(run).stream()
        .filter(entry -> !Event.INTERNAL.contains(entry.channel()))
        .toList();
  }

  private Asset known(String system, String asset) {
    AssetId id = Given.asset(system, asset);
    return plans.asset(id).orElseThrow(() -> new NotThere("There is no asset %s.".formatted(id)));
  }

  private Status.AssetLine line(AssetId id) {
    return reports.status().systems().stream()
        .flatMap(system -> system.assets().stream())
        .filter(line -> line.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NotThere("There is no asset %s.".formatted(id)));
  }
}
