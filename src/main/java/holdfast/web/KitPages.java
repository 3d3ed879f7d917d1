package holdfast.web;

import holdfast.custody.RecoveryKit;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The recovery kit, to be printed. */
@PageController
class KitPages {

  private final RecoveryKit kit;

  KitPages(RecoveryKit kit) {
    this.kit = kit;
  }

  @Needs(Role.OPERATOR)
  @GetMapping("/kit")
  String kit(Model model) {
    model.addAttribute("kit", kit.text());
    return "kit";
  }
}
