package holdfast.web;

import holdfast.journal.Code;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** The last resort: whatever no endpoint answered, in one sentence. */
@PageController
class Errors implements ErrorController {

  @Open
  @RequestMapping("/error")
  Object error(HttpServletRequest request) {
    HttpStatus status = status(request);
    String sentence = sentence(status);
    String path = Objects.toString(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), "/");
    String context = request.getContextPath();
    if (path.startsWith(context + "/api/") || path.startsWith(context + EventDoor.PATH)) {
      Code code = status.is5xxServerError() ? Code.INTERNAL : Code.INVALID;
      return ResponseEntity.status(status)
          .contentType(MediaType.APPLICATION_JSON)
          .body(new Problem(sentence, code));
    }
    return new ModelAndView("problem", Map.of("sentence", sentence), status);
  }

  /** Whoever asks for the error page itself finds none. */
  private static HttpStatus status(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
        ? Objects.requireNonNullElse(HttpStatus.resolve(code), HttpStatus.INTERNAL_SERVER_ERROR)
        : HttpStatus.NOT_FOUND;
  }

  private static String sentence(HttpStatus status) {
    return switch (status) {
      case NOT_FOUND -> "There is nothing at this address.";
      case FORBIDDEN ->
          "This needs a role that you do not have, or the page was open for too long: go back, reload it and try again.";
      case METHOD_NOT_ALLOWED -> "This address does not take that method.";
      case UNSUPPORTED_MEDIA_TYPE -> "Send the body as application/json.";
      case BAD_REQUEST -> "This request cannot be read.";
      default ->
          status.is5xxServerError()
              ? "Holdfast failed here; its log says more at this moment."
              : "This request was refused.";
    };
  }
}
