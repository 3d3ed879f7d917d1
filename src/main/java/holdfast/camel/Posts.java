package holdfast.camel;

import holdfast.incident.Notice;
import holdfast.journal.Outcomes;
import holdfast.notify.Payloads;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Writes the request that a channel's server takes: its body, its headers, and the address, which
 * may be a secret and so stands in no route.
 */
public final class Posts {

  private final Payloads payloads;
  private final Targets targets;
  private final Outcomes outcomes;
  private final InstantSource clock;

  Posts(Payloads payloads, Targets targets, Outcomes outcomes, InstantSource clock) {
    this.payloads = payloads;
    this.targets = targets;
    this.outcomes = outcomes;
    this.clock = clock;
  }

  /** {@code chat.postMessage}, in the thread of the incident's first message. */
  public void slack(Exchange exchange) {
    Map<String, Object> row = row(exchange);
    Targets.Target target = targets.of(channel(row));
    String body =
        payloads.slack(row, target.subject(), reference(row).orElse(null), target.signed());
    post(exchange, "POST", target.address(), body);
    exchange.getMessage().setHeader("Authorization", "Bearer " + target.secret());
  }

  public void teams(Exchange exchange) {
    Map<String, Object> row = row(exchange);
    post(exchange, "POST", targets.of(channel(row)).address(), payloads.teams(row));
  }

  /** An event of the Events API v2; its key stands in the body. Without a body where it is none. */
  public void pagerDuty(Exchange exchange) {
    Map<String, Object> row = row(exchange);
    Targets.Target target = targets.of(channel(row));
    Optional<String> body = payloads.pagerDuty(row, target.secret());
    if (body.isEmpty()) {
      nothing(exchange);
      return;
    }
    post(exchange, "POST", target.address(), body.get());
  }

  /** Any JSON, signed together with the moment, so that nobody can send it again later. */
  public void webhook(Exchange exchange) {
    Map<String, Object> row = row(exchange);
    Targets.Target target = targets.of(channel(row));
    String body = payloads.webhook(row);
    String moment = Long.toString(clock.instant().getEpochSecond());
    post(exchange, "POST", target.address(), body);
    Message request = exchange.getMessage();
    request.setHeader("X-Holdfast-Delivery", String.valueOf(row.get("id")));
    request.setHeader("X-Holdfast-Timestamp", moment);
    request.setHeader(
        "X-Holdfast-Signature", "sha256=" + signature(target.secret(), moment + "." + body));
  }

  /** Makes the page's incident, or changes it; without a body where there is nothing to show. */
  public void statusPage(Exchange exchange) {
    Map<String, Object> row = row(exchange);
    Targets.Target target = targets.of(channel(row));
    if (isTest(row)) {
      look(exchange, target);
      return;
    }
    Optional<String> known = reference(row);
    Optional<String> body = payloads.statusPage(row, known.isPresent());
    if (body.isEmpty()) {
      nothing(exchange);
      return;
    }
    String address = target.address() + known.map(id -> "/" + id).orElse("");
    post(exchange, known.isPresent() ? "PATCH" : "POST", address, body.get());
    exchange.getMessage().setHeader("Authorization", "OAuth " + target.secret());
  }

  private void nothing(Exchange exchange) {
    outcomes.delivered(((Number) row(exchange).get("id")).longValue(), Outcomes.UNNEEDED);
    exchange.getMessage().setBody(null);
  }

  /** Everybody reads the page, so a test only asks it whether it would let us write there. */
  private static void look(Exchange exchange, Targets.Target target) {
    post(exchange, "GET", target.address(), "");
    exchange.getMessage().setHeader("Authorization", "OAuth " + target.secret());
  }

  /** Whether a row is a test, which is shown to nobody outside. */
  static boolean isTest(Map<String, Object> row) {
    String event = String.valueOf(row.get("event"));
    return Notice.holds(event) && Notice.read(event).type() == Notice.Type.TEST;
  }

  private static void post(Exchange exchange, String method, String address, String body) {
    Message request = exchange.getMessage();
    request.removeHeaders("*");
    request.setHeader(Exchange.HTTP_URI, address);
    request.setHeader(Exchange.HTTP_METHOD, method);
    request.setHeader(Exchange.CONTENT_TYPE, "application/json; charset=utf-8");
    request.setBody(body.getBytes(StandardCharsets.UTF_8));
  }

  /** What is about several incidents belongs to none of their threads. */
  private Optional<String> reference(Map<String, Object> row) {
    String incident = Objects.toString(row.get("incident"), "");
    return incident.isEmpty() ? Optional.empty() : outcomes.reference(channel(row), incident);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> row(Exchange exchange) {
    return exchange.getVariable("row", Map.class);
  }

  private static String channel(Map<String, Object> row) {
    return String.valueOf(row.get("channel"));
  }

  private static String signature(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
