package holdfast.alarm;

import holdfast.alarm.Alarm.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An alarm as its format gives it, and what the rules say of it. */
record Typed(Envelope envelope, Draft draft, Rulebook.Decision decision) {

  private static final Set<String> NAMED_BY_SENDER =
      Set.of("alertmanager", "grafana", "generic", "pagerduty", "mongodb-atlas");

  Alarm alarm(Arrival arrival, int part) {
    Optional<Instant> said =
        draft.times.stream()
            .flatMap(time -> Times.read(time, envelope.receivedAt()).stream())
            .findFirst();
    Instant sent = envelope.sentAt();
    Instant otherwise = sent == null ? arrival.receivedAt() : sent;
    return new Alarm(
        arrival.receipt(),
        part,
        arrival.sender(),
        draft.kind,
        draft.name,
        decision.state(),
        decision.severity(),
        decision.situation(),
        subject(),
        decision.title(),
        draft.text,
        said.orElse(otherwise),
        said.isPresent() ? Clock.EVENT : sent == null ? Clock.RECEIPT : Clock.ENVELOPE,
        draft.sequence,
        Fingerprint.of(draft.kind, identity(arrival)),
        draft.link,
        java.util.Collections.unmodifiableMap(draft.facts));
  }

  /** What a sender calls its trouble is a name among its own; AWS names things for everybody. */
  private List<String> identity(Arrival arrival) {
    List<String> identity = new ArrayList<>(draft.identity);
    if (NAMED_BY_SENDER.contains(draft.kind)) {
      identity.add(0, arrival.sender());
    }
    return identity;
  }

  private Alarm.Subject subject() {
    return new Alarm.Subject(
        decision.system(),
        decision.component(),
        decision.asset(),
        draft.resource,
        draft.account,
        draft.region);
  }
}
