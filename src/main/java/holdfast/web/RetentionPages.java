package holdfast.web;

import holdfast.plan.AssetId;
import holdfast.retention.Holds;
import holdfast.retention.Retentions;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is kept of an asset, what is let go, and why; with the buttons that undo and allow. */
@PageController
@RequestMapping("/systems/{system}/{asset}/retention")
class RetentionPages {

  private final Retentions retentions;
  private final Holds holds;

  RetentionPages(Retentions retentions, Holds holds) {
    this.retentions = retentions;
    this.holds = holds;
  }

  @Needs(Role.VIEWER)
  @GetMapping
  String page(@PathVariable String system, @PathVariable String asset, Model model) {
    AssetId id = Given.asset(system, asset);
    model.addAttribute("report", retentions.show(id.toString()).get(0));
    return "retention";
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/apply")
  String apply(@PathVariable String system, @PathVariable String asset, Principal caller) {
    AssetId id = Given.asset(system, asset);
    retentions.apply(id.toString(), caller.getName());
    return back(id);
  }

  @Needs(Role.ADMIN)
  @PostMapping("/approve")
  String approve(
      @PathVariable String system,
      @PathVariable String asset,
      @RequestParam @Nullable String approval,
      Principal caller) {
    retentions.approve(Given.text("approval", approval), caller.getName());
    return back(Given.asset(system, asset));
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/take-back")
  String takeBack(
      @PathVariable String system,
      @PathVariable String asset,
      @RequestParam @Nullable String point,
      Principal caller) {
    holds.takeBack(Given.text("point", point), caller.getName());
    return back(Given.asset(system, asset));
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/hold")
  String hold(
      @PathVariable String system,
      @PathVariable String asset,
      @RequestParam @Nullable String point,
      @RequestParam @Nullable String reason,
      Principal caller) {
    holds.add(Given.text("point", point), Given.text("reason", reason), caller.getName());
    return back(Given.asset(system, asset));
  }

  private static String back(AssetId id) {
    return "redirect:/systems/" + id + "/retention";
  }
}
