package holdfast.web;

import holdfast.cloud.AlarmReport;
import holdfast.cloud.AlarmSetup;
import holdfast.plan.Plans;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What the plan wants in AWS so that alarms arrive, and what is there. */
@ApiController
@RequestMapping("/api/v1/aws-alarms")
class AwsAlarmsApi {

  record ApplyRequest(@Nullable String system, @Nullable Boolean remove) {}

  private final Plans plans;
  private final AlarmSetup setup;

  AwsAlarmsApi(Plans plans, AlarmSetup setup) {
    this.plans = plans;
    this.setup = setup;
  }

  @Needs(Role.VIEWER)
  @GetMapping
  List<AlarmReport> status(@RequestParam(required = false) @Nullable String system) {
    return setup.status(plans, system);
  }

  @Needs(Role.ADMIN)
  @PostMapping
  List<AlarmReport> apply(@RequestBody ApplyRequest request, Principal caller) {
    return setup.apply(
        plans, request.system(), caller.getName(), Boolean.TRUE.equals(request.remove()));
  }
}
