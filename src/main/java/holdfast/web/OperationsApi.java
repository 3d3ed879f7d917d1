package holdfast.web;

import holdfast.camel.RouteCheck;
import holdfast.camel.RouteReload;
import holdfast.journal.Runs;
import holdfast.plan.AssetId;
import holdfast.plan.Finding;
import holdfast.plan.Plans;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/** Schedules and routes for programs. */
@ApiController
@RequestMapping("/api/v1")
class OperationsApi {

  record ScheduleRequest(String system, @Nullable String asset) {}

  record Paused(String system, @Nullable String asset, boolean paused) {}

  private final Runs runs;
  private final Plans plans;
  private final RouteCheck check;
  private final RouteReload reload;

  OperationsApi(Runs runs, Plans plans, RouteCheck check, RouteReload reload) {
    this.runs = runs;
    this.plans = plans;
    this.check = check;
    this.reload = reload;
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/schedules/pause")
  Paused pause(@RequestBody ScheduleRequest request, Principal caller) {
    return pause(request, true, caller.getName());
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/schedules/resume")
  Paused resume(@RequestBody ScheduleRequest request, Principal caller) {
    return pause(request, false, caller.getName());
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/routes/check")
  List<Finding> check() {
    return check.check();
  }

  @Needs(Role.ADMIN)
  @PostMapping("/routes/reload")
  RouteReload.Outcome reload(Principal caller) {
    return reload.reload(caller.getName());
  }

  private Paused pause(ScheduleRequest request, boolean paused, String actor) {
    String system = Given.text("system", request.system());
    requireKnown(system, request.asset());
    runs.pause(system, request.asset(), paused, actor);
    return new Paused(system, request.asset(), paused);
  }

  private void requireKnown(String system, @Nullable String asset) {
    boolean known =
        asset == null
            ? plans.systems().stream().anyMatch(plan -> plan.name().equals(system))
            : plans.asset(Given.asset(system, asset)).isPresent();
    if (!known) {
      throw new NotThere(
          asset == null
              ? "There is no system %s.".formatted(system)
              : "There is no asset %s.".formatted(new AssetId(system, asset)));
    }
  }
}
