package holdfast.web;

import holdfast.alarm.Availability;
import holdfast.alarm.ProbeLine;
import holdfast.camel.Starter;
import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.journal.Code;
import holdfast.journal.Outbox;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.plan.AssetId;
import holdfast.report.Reports;
import holdfast.report.Status;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Runs, points, status and messages for programs. */
@ApiController
@RequestMapping("/api/v1")
class Api {

  private static final String LIMIT = "100";
  private static final int LIMIT_MAX = 1000;

  record BackupRequest(String asset) {}

  record VerificationRequest(String point) {}

  record RestoreRequest(String point, String target) {}

  /** What Holdfast's own looks found. */
  record Probing(List<ProbeLine> probes, List<Availability> availability) {}

  /** The run that was started. */
  record Started(String run) {}

  private final Starter starter;
  private final Runs runs;
  private final Catalog catalog;
  private final Outbox outbox;
  private final Reports reports;

  Api(Starter starter, Runs runs, Catalog catalog, Outbox outbox, Reports reports) {
    this.starter = starter;
    this.runs = runs;
    this.catalog = catalog;
    this.outbox = outbox;
    this.reports = reports;
  }

  @Needs(Role.VIEWER)
  @GetMapping("/status")
  Status status() {
    return reports.status();
  }

  @Needs(Role.VIEWER)
  @GetMapping("/probes")
  Probing probes() {
    List<Status.SystemLine> systems = reports.status().systems();
    return new Probing(
        systems.stream().flatMap(system -> system.probes().stream()).toList(),
        systems.stream().flatMap(system -> system.availability().stream()).toList());
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/backups")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Started backup(@RequestBody BackupRequest request, Principal caller) {
    AssetId asset = Given.asset(Given.text("asset", request.asset()));
    return new Started(starter.backup(asset, "api", caller.getName()));
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/verifications")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Started verify(@RequestBody VerificationRequest request, Principal caller) {
    return new Started(starter.verify(Given.text("point", request.point()), caller.getName()));
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/restores")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Started restore(@RequestBody RestoreRequest request, Principal caller) {
    return new Started(
        starter.restore(
            Given.text("point", request.point()),
            Given.text("target", request.target()),
            caller.getName()));
  }

  @Needs(Role.VIEWER)
  @GetMapping("/runs")
  List<Run> runs(
      @RequestParam(required = false) @Nullable String asset,
      @RequestParam(defaultValue = LIMIT) int limit) {
    return runs.recent(asset == null ? null : Given.asset(asset), bounded(limit));
  }

  @Needs(Role.VIEWER)
  @GetMapping("/runs/{id}")
  Run run(@PathVariable String id) {
    return found(runs.find(id), "run", id);
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/runs/{id}/cancel")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Started cancel(@PathVariable String id, Principal caller) {
    found(runs.find(id), "run", id);
    runs.cancel(id, caller.getName());
    return new Started(id);
  }

  @Needs(Role.VIEWER)
  @GetMapping("/points")
  List<Point> points(
      @RequestParam(required = false) @Nullable String asset,
      @RequestParam(defaultValue = LIMIT) int limit) {
    return catalog.points(asset == null ? null : Given.asset(asset), bounded(limit));
  }

  @Needs(Role.VIEWER)
  @GetMapping("/points/{id}")
  Point point(@PathVariable String id) {
    return found(catalog.find(id), "point", id);
  }

  @Needs(Role.VIEWER)
  @GetMapping("/messages")
  List<Outbox.Entry> messages(
      @RequestParam(required = false) @Nullable String run,
      @RequestParam(defaultValue = LIMIT) int limit) {
    return run == null ? outbox.recent(bounded(limit)) : outbox.ofRun(Given.text("run", run));
  }

  private static int bounded(int limit) {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new RunException(
          Code.INVALID, "limit", false, "limit must be from 1 to %d.".formatted(LIMIT_MAX));
    }
    return limit;
  }

  private static <T> T found(Optional<T> thing, String kind, String id) {
    return thing.orElseThrow(() -> new NotThere("There is no %s %s.".formatted(kind, id)));
  }
}
