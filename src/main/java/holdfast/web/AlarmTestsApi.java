package holdfast.web;

import holdfast.incident.AlarmTestRun;
import holdfast.incident.AlarmTests;
import java.security.Principal;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Tests of the way of alarms, for programs. */
@ApiController
@RequestMapping("/api/v1/alarm-tests")
class AlarmTestsApi {

  private static final int LIMIT_MAX = 100;

  /** The test that was begun. */
  record Begun(String test) {}

  private final AlarmTests tests;

  AlarmTestsApi(AlarmTests tests) {
    this.tests = tests;
  }

  @Needs(Role.VIEWER)
  @GetMapping
  List<AlarmTestRun> list(@RequestParam(defaultValue = "10") int limit) {
    return tests.recent(Math.max(1, Math.min(limit, LIMIT_MAX)));
  }

  @Needs(Role.VIEWER)
  @GetMapping("/{id}")
  AlarmTestRun one(@PathVariable String id) {
    return tests
        .find(id)
        .orElseThrow(() -> new NotThere("There is no test of alarms %s.".formatted(id)));
  }

  @Needs(Role.OPERATOR)
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  Begun begin(Principal caller) {
    return new Begun(tests.begin(caller.getName()));
  }
}
