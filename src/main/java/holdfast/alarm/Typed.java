package holdfast.alarm;

import holdfast.alarm.Alarm.Clock;
import java.time.Instant;
import java.util.Optional;

/** An alarm as its format gives it, and what the rules say of it. */
record Typed(Envelope envelope, Draft draft, Rulebook.Decision decision) {

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
        Fingerprint.of(draft.kind, draft.identity),
        draft.link,
        java.util.Collections.unmodifiableMap(draft.facts));
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
