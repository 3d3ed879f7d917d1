package holdfast.web;

import holdfast.incident.CustomerNotice;
import holdfast.incident.CustomerNotices;
import holdfast.incident.Incidents;
import holdfast.notify.CustomerWords;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Notices for customers: the buttons beside an incident. */
@PageController
@RequestMapping("/incidents/{id}/notices")
class CustomerPages {

  private final CustomerNotices notices;
  private final CustomerWords words;
  private final Incidents incidents;

  CustomerPages(CustomerNotices notices, CustomerWords words, Incidents incidents) {
    this.notices = notices;
    this.words = words;
    this.incidents = incidents;
  }

  @Needs(Role.OPERATOR)
  @PostMapping
  String draft(@PathVariable String id, Principal caller) {
    CustomerNotice.Text text =
        incidents
            .find(id)
            .map(words::of)
            .orElseThrow(() -> new NotThere("There is no incident %s.".formatted(id)));
    notices.draft(id, text, caller.getName());
    return back(id);
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/{notice}")
  String write(
      @PathVariable String id,
      @PathVariable String notice,
      @RequestParam(defaultValue = "0") int version,
      @RequestParam @Nullable String title,
      @RequestParam @Nullable String body,
      @RequestParam(defaultValue = "") List<String> channels,
      Principal caller) {
    CustomerNotice.Text text =
        new CustomerNotice.Text(
            Given.text("title", title), Given.prose("body", body), List.copyOf(channels));
    notices.write(notice, version, text, caller.getName());
    return back(id);
  }

  @Needs(Role.ADMIN)
  @PostMapping("/{notice}/approve")
  String approve(
      @PathVariable String id,
      @PathVariable String notice,
      @RequestParam(defaultValue = "0") int version,
      Principal caller) {
    notices.approve(notice, version, caller.getName());
    return back(id);
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/{notice}/discard")
  String discard(@PathVariable String id, @PathVariable String notice, Principal caller) {
    notices.discard(notice, caller.getName());
    return back(id);
  }

  private static String back(String id) {
    return "redirect:/incidents/" + id;
  }
}
