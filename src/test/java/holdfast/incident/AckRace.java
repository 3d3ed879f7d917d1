package holdfast.incident;

import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Somebody acknowledges at the very moment at which the clock calls the next levels. */
public final class AckRace {

  private final Watchroom room = new Watchroom(Duties.plans(Duties.three()));
  private final Watchroom other = room.sibling();

  /** How many calls could still be claimed for sending after the acknowledgement's commit. */
  public static int claimedAfterAck(long races) throws Exception {
    AckRace race = new AckRace();
    ExecutorService two = Executors.newFixedThreadPool(2);
    int late = 0;
    try {
      for (long i = 0; i < races; i++) {
        late += race.run(two);
      }
    } finally {
      two.shutdownNow();
    }
    return late;
  }

  private int run(ExecutorService two) throws Exception {
    String id =
        room.incidents.open(
            new Opening("roleferry", Severity.HIGH, Situation.CAPACITY, "Disk", "", "ada"));
    room.sleep(Duration.ofHours(3));
    CyclicBarrier start = new CyclicBarrier(2);
    Future<Integer> acknowledged =
        two.submit(
            () -> {
              start.await();
              other.incidents.acknowledge(id, "bob", "page");
              return claimCalls(id);
            });
    Future<Integer> ticked =
        two.submit(
            () -> {
              start.await();
              return room.escalation.tick();
            });
    ticked.get();
    return acknowledged.get() + claimCalls(id);
  }

  /** Claims everything as senders do; how many calls about the incident were among it. */
  private int claimCalls(String id) {
    int calls = 0;
    for (String channel : List.of("chat", "mail", "topic")) {
      List<String> claimed = claim(channel);
      while (!claimed.isEmpty()) {
        calls +=
            (int)
                claimed.stream()
                    .map(Notice::read)
                    .filter(notice -> notice.incident().equals(id) && Teller.asks(notice.type()))
                    .count();
        claimed = claim(channel);
      }
    }
    return calls;
  }

  private List<String> claim(String channel) {
    return other.node.claim(channel).stream().map(row -> (String) row.get("event")).toList();
  }
}
