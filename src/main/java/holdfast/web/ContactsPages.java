package holdfast.web;

import holdfast.incident.OnCall;
import holdfast.plan.Plans;
import holdfast.plan.SystemPlan;
import java.time.InstantSource;
import java.util.List;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Who is called, and how. */
@PageController
class ContactsPages {

  /** One system: its plan, and who is on call now. */
  public record People(SystemPlan plan, List<OnCall.Watch> onCall) {}

  private final Plans plans;
  private final OnCall onCall;
  private final InstantSource clock;

  ContactsPages(Plans plans, OnCall onCall, InstantSource clock) {
    this.plans = plans;
    this.onCall = onCall;
    this.clock = clock;
  }

  @Needs(Role.VIEWER)
  @GetMapping("/contacts")
  String contacts(Model model) {
    model.addAttribute("systems", plans.systems().stream().map(this::people).toList());
    return "contacts";
  }

  private People people(SystemPlan plan) {
    return new People(plan, onCall.at(plan.name(), clock.instant()));
  }
}
