package holdfast.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Turns whatever goes wrong behind the API into one sentence and a code. */
@RestControllerAdvice(annotations = ApiController.class)
class ApiProblems {

  private static final Logger LOG = LoggerFactory.getLogger(ApiProblems.class);

  @ExceptionHandler
  ResponseEntity<Problem> known(RunException failure) {
    return ResponseEntity.status(Problem.status(failure.code())).body(Problem.of(failure));
  }

  @ExceptionHandler
  ResponseEntity<Problem> absent(NotThere absent) {
    return answer(HttpStatus.NOT_FOUND, String.valueOf(absent.getMessage()));
  }

  @ExceptionHandler
  ResponseEntity<Problem> unreadable(HttpMessageNotReadableException failure) {
    return answer(HttpStatus.BAD_REQUEST, sentence(failure.getCause()));
  }

  @ExceptionHandler
  ResponseEntity<Problem> mistyped(MethodArgumentTypeMismatchException failure) {
    return answer(
        HttpStatus.BAD_REQUEST, "The parameter '%s' is not valid.".formatted(failure.getName()));
  }

  @ExceptionHandler
  ResponseEntity<Problem> missing(MissingServletRequestParameterException failure) {
    return answer(
        HttpStatus.BAD_REQUEST,
        "The parameter '%s' is missing.".formatted(failure.getParameterName()));
  }

  @ExceptionHandler
  ResponseEntity<Problem> denied(AccessDeniedException denied) {
    return ResponseEntity.status(HttpStatus.FORBIDDEN)
        .body(new Problem("This needs a role that you do not have.", Code.DENIED));
  }

  @ExceptionHandler
  ResponseEntity<Problem> defect(Exception defect) {
    LOG.error("The API failed", defect);
    return ResponseEntity.internalServerError()
        .body(
            new Problem("Holdfast failed here; its log says more at this moment.", Code.INTERNAL));
  }

  private static String sentence(@Nullable Throwable cause) {
    if (cause instanceof UnrecognizedPropertyException unknown) {
      return "The field '%s' is not known here; known are %s."
          .formatted(unknown.getPropertyName(), unknown.getKnownPropertyIds());
    }
    if (cause instanceof JsonProcessingException bad && bad.getLocation() != null) {
      return "The body is not the JSON that is asked for here: look at line %d, column %d."
          .formatted(bad.getLocation().getLineNr(), bad.getLocation().getColumnNr());
    }
    return "Send a JSON object as the body.";
  }

  private static ResponseEntity<Problem> answer(HttpStatus status, String sentence) {
    return ResponseEntity.status(status).body(new Problem(sentence, Code.INVALID));
  }
}
