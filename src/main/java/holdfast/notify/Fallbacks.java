package holdfast.notify;

import holdfast.incident.Notice;
import holdfast.journal.HandOver;
import holdfast.plan.ChannelSpec;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Decides when a channel's fallback is told, and which that is. */
public final class Fallbacks {

  /** Attempts that fail before the fallback is told. */
  static final int ATTEMPTS = 2;

  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A test is about this one channel, and words for customers are approved for this one. */
  private static final Set<Notice.Type> STAYS = EnumSet.of(Notice.Type.TEST, Notice.Type.CUSTOMER);

  private final Map<String, ChannelSpec> channels;
  private final HandOver outbox;
  private final Circuits circuits;
  private final InstantSource clock;

  public Fallbacks(Plans plans, HandOver outbox, Circuits circuits, InstantSource clock) {
    this.channels = plans.installation().channels();
    this.outbox = outbox;
    this.circuits = circuits;
    this.clock = clock;
  }

  /**
   * An attempt has failed.
   *
   * @param forGood whether the channel will never take this message
   */
  public void failed(long id, String channel, String event, int attempts, boolean forGood) {
    if (forGood) {
      handOver(id, channel, event, "it was refused for good");
    } else if (attempts >= ATTEMPTS) {
      handOver(id, channel, event, "%d attempts failed".formatted(attempts));
    }
  }

  /** Hands over what waits too long, or waits for a channel that takes nothing now. */
  public void look() {
    List<String> shut = channels.keySet().stream().filter(circuits::broken).toList();
    for (HandOver.Lagging one : outbox.lagging(reliefs(), shut, clock.instant().minus(PATIENCE))) {
      String why =
          shut.contains(one.channel()) ? "the channel takes nothing now" : "it waited too long";
      handOver(one.id(), one.channel(), one.event(), why);
    }
  }

  private List<HandOver.Relief> reliefs() {
    return channels.keySet().stream()
        .flatMap(
            channel ->
                Stream.of(Severity.values())
                    .filter(severity -> next(channel, severity).isPresent())
                    .map(severity -> new HandOver.Relief(channel, severity.name())))
        .toList();
  }

  private void handOver(long id, String channel, String event, String why) {
    if (Notice.holds(event) && !STAYS.contains(Notice.read(event).type())) {
      next(channel, Notice.read(event).severity())
          .ifPresent(other -> outbox.handOver(id, other, why));
    }
  }

  /**
   * The next channel of the chain that hears of such incidents; the plan's chains come to an end.
   */
  Optional<String> next(String channel, Severity severity) {
    ChannelSpec at = channels.get(channel);
    while (at != null && at.reach().fallback() != null) {
      at = channels.get(at.reach().fallback());
      if (at != null && at.hears(severity)) {
        return Optional.of(at.name());
      }
    }
    return Optional.empty();
  }
}
