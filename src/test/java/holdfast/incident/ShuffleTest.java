package holdfast.incident;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.alarm.Alarm;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of some troubles, in any order, in batches of any size, and some of them twice. */
class ShuffleTest {

  private static final int ORDERS = 4;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void the_order_of_arrival_changes_nothing_that_lasts(long seed) {
    Random random = new Random(seed);
    List<Alarm> history = history(random);
    String expected = "";
    for (int order = 0; order < ORDERS; order++) {
      Watchroom room = new Watchroom(Duties.plans(Duties.three()));
      List<Alarm> arriving = new ArrayList<>(history);
      if (order > 0) {
        arriving.addAll(history.subList(0, history.size() / 2));
        Collections.shuffle(arriving, random);
      }
      arrive(room, arriving, order == 0 ? 1 : 1 + random.nextInt(7));
      String state = lasting(room, history);
      expected = order == 0 ? state : expected;
      assertThat(state).as("seed %d, order %d", seed, order).isEqualTo(expected);
    }
  }

  private static List<Alarm> history(Random random) {
    List<Alarm> history = new ArrayList<>();
    Instant at = Instant.parse(Watchroom.START).minus(Duration.ofHours(1));
    for (int i = 0; i < 40; i++) {
      at = at.plusSeconds(random.nextInt(3));
      history.add(
          Watchroom.alarm(
              "f" + random.nextInt(4),
              random.nextBoolean() ? Alarm.State.FIRING : Alarm.State.CLEARED,
              Severity.HIGH,
              Situation.DATABASE,
              at,
              random.nextInt(3)));
    }
    return history;
  }

  private static void arrive(Watchroom room, List<Alarm> alarms, int batch) {
    for (int i = 0; i < alarms.size(); i += batch) {
      room.incidents.take(alarms.subList(i, Math.min(alarms.size(), i + batch)));
      room.clock.move(Duration.ofSeconds(1));
      room.escalation.tick();
    }
    room.pass(Course.SETTLE.plusMinutes(1));
  }

  /** Which troubles there are now, and in which incident; and that each event counted once. */
  private static String lasting(Watchroom room, List<Alarm> history) {
    List<String> troubles = new ArrayList<>();
    long counted = 0;
    for (String fingerprint : new TreeSet<>(history.stream().map(Alarm::fingerprint).toList())) {
      Signal signal = room.signal(fingerprint);
      boolean active = room.incidents.find(signal.incident()).map(Incident::active).orElse(false);
      boolean fires = signal.state() == Alarm.State.FIRING;
      assertThat(active || !fires).as("what fires has an incident").isTrue();
      troubles.add(
          "%s %s %s %d".formatted(fingerprint, signal.state(), signal.at(), signal.sequence()));
      counted += room.events(fingerprint);
    }
    assertThat(counted).isEqualTo(history.size());
    boolean anyFires = troubles.stream().anyMatch(trouble -> trouble.contains("FIRING"));
    return troubles + " open " + room.incidents.open().size() + " " + anyFires;
  }
}
