package holdfast.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Back to the form, with a reason that tells nothing about who has an account. */
final class LoginFailed implements AuthenticationFailureHandler {

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    String target = "/login?wrong";
    if (failure instanceof Door.Shut shut) {
      target = "/login?wait=" + (shut.left().toMinutes() + 1);
    }
    response.sendRedirect(request.getContextPath() + target);
  }
}
