package holdfast.web;

import holdfast.alarm.Post;
import holdfast.alarm.TurnedAway;
import holdfast.camel.Ingress;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Where events are posted. Of a request nothing goes on but its body and the headers that its
 * sender's proof stands in; accepted means that the event is kept for good.
 */
@ApiController
class EventDoor {

  static final String PATH = "/in/";

  /** So many at once of each sender: whoever is slow holds up itself. */
  private static final int AT_ONCE = 32;

  private static final int MOST = Post.TOPIC_MAX + 1;
  private static final int PROOF_MAX = 4096;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What was accepted; {@code receipt} is absent when there was nothing to keep. */
  record Accepted(@org.jspecify.annotations.Nullable String receipt) {}

  private final Ingress ingress;
  private final UnprovenBodies unproven = new UnprovenBodies();
  private final Map<String, Semaphore> places = new ConcurrentHashMap<>();

  EventDoor(Ingress ingress) {
    this.ingress = ingress;
  }

  static boolean isFor(HttpServletRequest request) {
    return request.getRequestURI().startsWith(request.getContextPath() + PATH);
  }

  @Open
  @PostMapping(PATH + "{sender}")
  ResponseEntity<?> post(@PathVariable String sender, HttpServletRequest request) {
    Optional<Set<String>> wanted = ingress.proofs(sender);
    if (wanted.isEmpty()) {
      return answer(HttpStatus.NOT_FOUND, "Nobody of this name may post events here.", 0);
    }
    try {
      Map<String, String> proofs = proofs(wanted.get(), request);
      if (ingress.knock(sender, proofs, request.getContentLengthLong())) {
        return inPlace(
            sender, () -> take(sender, proofs, PatientBody.read(request, MOST, PATIENCE)));
      }
      Optional<byte[]> body = unproven.read(request, MOST, PATIENCE);
      return body.isEmpty() ? busy() : inPlace(sender, () -> take(sender, proofs, body.get()));
    } catch (TurnedAway refused) {
      return answer(
          status(refused.why()),
          String.valueOf(refused.getMessage()),
          refused.waitFor().toSeconds());
    } catch (IOException slow) {
      return answer(HttpStatus.REQUEST_TIMEOUT, "The event did not come to its end in time.", 0);
    } catch (RunException ours) {
      return answer(
          HttpStatus.SERVICE_UNAVAILABLE,
          "The event cannot be accepted now: send again later.",
          PATIENCE.toSeconds());
    }
  }

  private interface Work {
    ResponseEntity<?> run() throws IOException;
  }

  /** A place is taken only by whom the sender is answerable for, or by a body that is all there. */
  private ResponseEntity<?> inPlace(String sender, Work work) throws IOException {
    Semaphore place = places.computeIfAbsent(sender, name -> new Semaphore(AT_ONCE));
    if (!place.tryAcquire()) {
      return busy();
    }
    try {
      return work.run();
    } finally {
      place.release();
    }
  }

  private ResponseEntity<?> take(String sender, Map<String, String> proofs, byte[] body) {
    Optional<String> receipt = ingress.post(new Post(sender, body, proofs));
    return ResponseEntity.accepted().body(new Accepted(receipt.orElse(null)));
  }

  private static ResponseEntity<Problem> busy() {
    return answer(
        HttpStatus.TOO_MANY_REQUESTS, "Too many events come at once: send again later.", 1);
  }

  private static Map<String, String> proofs(Set<String> wanted, HttpServletRequest request) {
    return wanted.stream()
        .filter(name -> request.getHeader(name) != null)
        .filter(name -> request.getHeader(name).length() <= PROOF_MAX)
        .collect(Collectors.toUnmodifiableMap(name -> name, request::getHeader));
  }

  private static HttpStatus status(TurnedAway.Why why) {
    return switch (why) {
      case UNKNOWN -> HttpStatus.NOT_FOUND;
      case UNPROVEN -> HttpStatus.UNAUTHORIZED;
      case FORGED -> HttpStatus.FORBIDDEN;
      case MALFORMED -> HttpStatus.BAD_REQUEST;
      case TOO_LARGE -> HttpStatus.PAYLOAD_TOO_LARGE;
      case TOO_MANY -> HttpStatus.TOO_MANY_REQUESTS;
    };
  }

  private static ResponseEntity<Problem> answer(HttpStatus status, String sentence, long wait) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
    if (wait > 0) {
      answer.header(HttpHeaders.RETRY_AFTER, Long.toString(wait));
    }
    if (status == HttpStatus.UNAUTHORIZED) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"events\"");
    }
    boolean ours = status.is5xxServerError();
    return answer.body(new Problem(sentence, ours ? Code.UNREACHABLE : Code.INVALID));
  }
}
