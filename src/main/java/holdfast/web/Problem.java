package holdfast.web;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import org.springframework.http.HttpStatus;

/** What the API answers when it cannot do what was asked: one sentence and a code. */
record Problem(String error, Code code) {

  static Problem of(RunException failure) {
    return new Problem(String.valueOf(failure.getMessage()), failure.code());
  }

  /** The HTTP status that goes with a code. */
  static HttpStatus status(Code code) {
    return switch (code) {
      case INVALID -> HttpStatus.BAD_REQUEST;
      case BUSY, REFUSED, FENCED, CANCELLED, ABANDONED, NO_EVIDENCE -> HttpStatus.CONFLICT;
      case UNREACHABLE, DENIED -> HttpStatus.BAD_GATEWAY;
      default -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }
}
