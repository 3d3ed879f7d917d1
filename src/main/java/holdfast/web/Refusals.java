package holdfast.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import holdfast.journal.Code;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** What programs hear at a locked door: JSON, like every other answer of the API. */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

  private final ObjectMapper json;

  Refusals(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    response.setHeader("WWW-Authenticate", "Bearer realm=\"holdfast\"");
    write(
        response,
        HttpStatus.UNAUTHORIZED,
        "Send a valid API token in the Authorization header, or sign in.",
        Code.DENIED);
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
      throws IOException {
    write(
        response,
        HttpStatus.FORBIDDEN,
        "This needs a role that you do not have, or a request without its CSRF token.",
        Code.DENIED);
  }

  void write(HttpServletResponse response, HttpStatus status, String sentence, Code code)
      throws IOException {
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    json.writeValue(response.getOutputStream(), new Problem(sentence, code));
  }
}
