package holdfast.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * People who are on call in turn.
 *
 * @param start the day on which the first of them begins
 * @param handover the local time at which one hands over to the next
 * @param days how long each turn is
 * @param people names of contacts, in order
 * @param swaps who stands in for whoever is on call; where two overlap, the later one written
 */
public record Rotation(
    String name,
    ZoneId zone,
    LocalDate start,
    LocalTime handover,
    int days,
    List<String> people,
    List<Swap> swaps,
    Origin origin) {

  /** Somebody on call out of turn, from one local moment up to another. */
  public record Swap(String person, LocalDateTime from, LocalDateTime to) {}

  /** The contact on call. Before the start the turns are counted backwards. */
  public String onCall(Instant at) {
    String person = people.get((int) Math.floorMod(turn(at), (long) people.size()));
    for (Swap swap : swaps) {
      if (!at.isBefore(WallClock.instant(swap.from(), zone))
          && at.isBefore(WallClock.instant(swap.to(), zone))) {
        person = swap.person();
      }
    }
    return person;
  }

  /** When the turn of {@link #onCall} by the order ends; swaps aside. */
  public Instant until(Instant at) {
    return begin(turn(at) + 1);
  }

  private long turn(Instant at) {
    LocalDate day = LocalDate.ofInstant(at, zone);
    long turn = Math.floorDiv(ChronoUnit.DAYS.between(start, day), (long) days);
    return at.isBefore(begin(turn)) ? turn - 1 : turn;
  }

  private Instant begin(long turn) {
    return WallClock.instant(start.plusDays(turn * days).atTime(handover), zone);
  }
}
