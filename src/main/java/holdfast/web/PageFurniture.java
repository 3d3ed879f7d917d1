package holdfast.web;

import holdfast.journal.RunException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page needs: who is looking, the words, and one sentence when something is wrong. */
@ControllerAdvice(annotations = PageController.class)
class PageFurniture {

  /** Who is looking at a page. */
  public record Me(String name, Role role, boolean initial) {

    public boolean operates() {
      return role.includes(Role.OPERATOR);
    }

    public boolean administers() {
      return role.includes(Role.ADMIN);
    }
  }

  private final Accounts accounts;
  private final InstantSource clock;

  PageFurniture(Accounts accounts, InstantSource clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  @ModelAttribute
  void furnish(Model model, @Nullable Authentication caller) {
    model.addAttribute("words", new Words(clock.instant()));
    model.addAttribute("me", me(caller).orElse(null));
  }

  private Optional<Me> me(@Nullable Authentication caller) {
    return Optional.ofNullable(caller)
        .flatMap(someone -> accounts.find(someone.getName()))
        .map(account -> new Me(account.name(), account.role(), account.initial()));
  }

  @ExceptionHandler
  String known(
      RunException failure, HttpServletResponse response, Model model, Authentication caller) {
    return sentence(
        Problem.status(failure.code()).value(), failure.getMessage(), response, model, caller);
  }

  @ExceptionHandler
  String absent(NotThere absent, HttpServletResponse response, Model model, Authentication caller) {
    return sentence(HttpServletResponse.SC_NOT_FOUND, absent.getMessage(), response, model, caller);
  }

  @ExceptionHandler
  String denied(
      AccessDeniedException denied,
      HttpServletResponse response,
      Model model,
      @Nullable Authentication caller) {
    return sentence(
        HttpServletResponse.SC_FORBIDDEN,
        "This needs a role that you do not have.",
        response,
        model,
        caller);
  }

  private String sentence(
      int status,
      @Nullable String sentence,
      HttpServletResponse response,
      Model model,
      @Nullable Authentication caller) {
    response.setStatus(status);
    furnish(model, caller);
    model.addAttribute("sentence", sentence);
    return "problem";
  }
}
