package holdfast.web;

import holdfast.alarm.Post;
import holdfast.journal.Code;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * No request needs a body larger than this, or one that does not say how long it is; but events may
 * be larger, and their own door looks after those that come through it.
 */
final class BodyLimit extends OncePerRequestFilter {

  static final int BYTES_MAX = 64 * 1024;

  private final Refusals refusals;

  BodyLimit(Refusals refusals) {
    this.refusals = refusals;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean event = EventDoor.isFor(request);
    int most = AlarmsApi.isFor(request) ? Post.BODY_MAX : BYTES_MAX;
    if (!event && request.getContentLengthLong() > most) {
      refusals.write(
          response,
          HttpStatus.PAYLOAD_TOO_LARGE,
          "The body is larger than %d bytes.".formatted(most),
          Code.INVALID);
    } else if (!event && request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
      refusals.write(
          response,
          HttpStatus.LENGTH_REQUIRED,
          "Send the body's Content-Length instead of a chunked body.",
          Code.INVALID);
    } else {
      chain.doFilter(request, response);
    }
  }
}
