package holdfast.web;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Signing in, one's own password, and for admins users and tokens. */
@PageController
class AccountPages {

  private static final String PEOPLE = "redirect:/people";

  private final Accounts accounts;
  private final Tokens tokens;
  private final FirstAdmin firstAdmin;
  private final LoginGuard guard;

  AccountPages(Accounts accounts, Tokens tokens, FirstAdmin firstAdmin, LoginGuard guard) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.firstAdmin = firstAdmin;
    this.guard = guard;
  }

  @Open
  @GetMapping("/login")
  String login(
      @RequestParam(name = "wait", required = false) @Nullable Integer minutes, Model model) {
    model.addAttribute("minutes", minutes);
    return "login";
  }

  @Needs(Role.VIEWER)
  @GetMapping("/account")
  String account() {
    return "account";
  }

  @Needs(Role.VIEWER)
  @PostMapping("/account/password")
  String password(
      @RequestParam String current,
      @RequestParam String fresh,
      @RequestParam String again,
      Principal caller,
      RedirectAttributes next) {
    try {
      change(caller.getName(), current, fresh, again);
    } catch (RunException refused) {
      next.addFlashAttribute("problem", refused.getMessage());
      return "redirect:/account";
    }
    return "redirect:/login?changed";
  }

  private void change(String name, String current, String fresh, String again) {
    if (!guard.charge(name, "password change").isZero()) {
      throw refuse("There were too many attempts; try again in a few minutes.");
    }
    if (!accounts.matches(name, current)) {
      throw refuse("The current password is not right.");
    }
    guard.refund(name, "password change");
    if (!fresh.equals(again)) {
      throw refuse("The new password and its repetition differ.");
    }
    accounts.changePassword(name, fresh, false, name);
    firstAdmin.changed(name);
  }

  @Needs(Role.ADMIN)
  @GetMapping("/people")
  String people(Model model) {
    model.addAttribute("accounts", accounts.all());
    model.addAttribute("tokens", tokens.all());
    model.addAttribute("roles", Role.values());
    return "people";
  }

  @Needs(Role.ADMIN)
  @PostMapping("/people")
  String add(
      @RequestParam String name,
      @RequestParam String role,
      Principal caller,
      RedirectAttributes next) {
    return attempt(
        next,
        () -> {
          String password = firstAdmin.generated();
          accounts.add(name, password, Given.role(role), true, caller.getName());
          next.addFlashAttribute("shownOnce", password);
          next.addFlashAttribute("shownFor", "The first password of " + name);
        });
  }

  @Needs(Role.ADMIN)
  @PostMapping("/people/{name}/role")
  String role(
      @PathVariable String name,
      @RequestParam String role,
      Principal caller,
      RedirectAttributes next) {
    return attempt(next, () -> accounts.changeRole(name, Given.role(role), caller.getName()));
  }

  @Needs(Role.ADMIN)
  @PostMapping("/people/{name}/remove")
  String remove(@PathVariable String name, Principal caller, RedirectAttributes next) {
    return attempt(next, () -> accounts.remove(name, caller.getName()));
  }

  @Needs(Role.ADMIN)
  @PostMapping("/tokens")
  String issue(
      @RequestParam String owner,
      @RequestParam String name,
      @RequestParam String role,
      @RequestParam(required = false) @Nullable Long days,
      Principal caller,
      RedirectAttributes next) {
    return attempt(
        next,
        () -> {
          Tokens.Issued issued =
              tokens.issue(
                  owner,
                  name,
                  Given.role(role),
                  days == null ? null : Given.days(days),
                  caller.getName());
          next.addFlashAttribute("shownOnce", issued.secret().reveal());
          next.addFlashAttribute("shownFor", "The token " + name);
        });
  }

  @Needs(Role.ADMIN)
  @PostMapping("/tokens/{id}/revoke")
  String revoke(@PathVariable String id, Principal caller, RedirectAttributes next) {
    return attempt(next, () -> tokens.revoke(id, caller.getName()));
  }

  /** A mistake is told on the page it was made on. */
  private static String attempt(RedirectAttributes next, Runnable change) {
    try {
      change.run();
    } catch (RunException refused) {
      next.addFlashAttribute("problem", refused.getMessage());
    }
    return PEOPLE;
  }

  private static RunException refuse(String sentence) {
    return new RunException(Code.INVALID, "password", false, sentence);
  }
}
