package holdfast.web;

import holdfast.alarm.Inbox;
import holdfast.alarm.Kept;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Events as they came, and those that could not be read or did not prove their sender. */
@PageController
class EventPages {

  private static final int SHOWN = 200;

  private final Inbox inbox;

  EventPages(Inbox inbox) {
    this.inbox = inbox;
  }

  @Needs(Role.VIEWER)
  @GetMapping("/quarantine")
  String quarantine(Model model) {
    model.addAttribute("events", inbox.quarantined(SHOWN));
    model.addAttribute("count", inbox.quarantinedCount());
    return "quarantine";
  }

  @Needs(Role.VIEWER)
  @GetMapping("/events/{receipt}")
  String event(@PathVariable String receipt, Model model) {
    Kept kept =
        inbox
            .find(receipt)
            .orElseThrow(
                () ->
                    new NotThere(
                        "There is no event with that receipt. What was dealt with is kept for 30"
                            + " days, what is in quarantine for 90."));
    model.addAttribute("event", kept);
    return "event";
  }
}
