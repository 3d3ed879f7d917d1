package holdfast.web;

import holdfast.retention.ClockSense;
import holdfast.retention.Hold;
import holdfast.retention.Holds;
import holdfast.retention.Report;
import holdfast.retention.Retentions;
import java.security.Principal;
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

/** What is kept, what is let go, and why; for programs. */
@ApiController
@RequestMapping("/api/v1")
class RetentionApi {

  record PassRequest(@Nullable String of) {}

  record PointRequest(String point) {}

  record HoldRequest(String point, String reason) {}

  private final Retentions retentions;
  private final Holds holds;

  RetentionApi(Retentions retentions, Holds holds) {
    this.retentions = retentions;
    this.holds = holds;
  }

  @Needs(Role.VIEWER)
  @GetMapping("/retention")
  List<Report> show(@RequestParam(required = false) @Nullable String of) {
    return retentions.show(of);
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/retention/passes")
  List<Report> apply(@RequestBody PassRequest request, Principal caller) {
    return retentions.apply(request.of(), caller.getName());
  }

  @Needs(Role.ADMIN)
  @PostMapping("/retention/approvals/{id}")
  Report approve(@PathVariable String id, Principal caller) {
    return retentions.approve(id, caller.getName());
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/retention/take-backs")
  Hold takeBack(@RequestBody PointRequest request, Principal caller) {
    return holds.takeBack(Given.text("point", request.point()), caller.getName());
  }

  @Needs(Role.ADMIN)
  @PostMapping("/retention/clock")
  ClockSense.Seen clock(Principal caller) {
    return retentions.confirmClock(caller.getName());
  }

  @Needs(Role.VIEWER)
  @GetMapping("/holds")
  List<Hold> holds() {
    return holds.all();
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/holds")
  @ResponseStatus(HttpStatus.CREATED)
  Hold hold(@RequestBody HoldRequest request, Principal caller) {
    return holds.add(
        Given.text("point", request.point()),
        Given.text("reason", request.reason()),
        caller.getName());
  }

  @Needs(Role.ADMIN)
  @PostMapping("/holds/release")
  List<Hold> release(@RequestBody HoldRequest request, Principal caller) {
    return holds.release(
        Given.text("point", request.point()),
        Given.text("reason", request.reason()),
        caller.getName());
  }
}
