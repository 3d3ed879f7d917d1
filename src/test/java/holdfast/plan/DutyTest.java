package holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is on call and when people sleep, held against plain reckoning over whole years. */
class DutyTest {

  private static final Origin ORIGIN = new Origin(Path.of("systems/shop.yml"), 1);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration STEP = Duration.ofMinutes(10);
  private static final int STEPS = 366 * 24 * 6;

  /** The gap is at 02:00 in all three; Lord Howe's is half an hour only. */
  @ParameterizedTest
  @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe"})
  void a_rotation_hands_over_at_its_local_time_all_year(String zone) {
    for (String handover : List.of("09:00", "02:10", "00:00", "01:45")) {
      Rotation rotation = rotation(zone, handover, 1);
      List<String> people = rotation.people();
      int turn = 0;
      Instant next = handoverAfter(rotation, 1);
      for (int i = 0; i < STEPS; i++) {
        Instant at = handoverAfter(rotation, 0).plus(STEP.multipliedBy(i));
        while (!at.isBefore(next)) {
          turn++;
          next = handoverAfter(rotation, turn + 1);
        }
        String person = people.get(turn % people.size());
        if (!rotation.onCall(at).equals(person) || !rotation.until(at).equals(next)) {
          fail("%s %s at %s: not %s until %s", zone, handover, at, person, next);
        }
      }
    }
  }

  /** The first minute at which the wall shows the handover or, where it never does, is past it. */
  private static Instant handoverAfter(Rotation rotation, int turn) {
    LocalDateTime wall =
        rotation.start().plusDays((long) turn * rotation.days()).atTime(rotation.handover());
    Instant at = wall.minusHours(2).atZone(rotation.zone()).toInstant();
    while (LocalDateTime.ofInstant(at, rotation.zone()).isBefore(wall)) {
      at = at.plusSeconds(60);
    }
    return at;
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe"})
  void quiet_hours_are_those_of_the_clock_on_the_wall(String zone) {
    QuietHours night =
        new QuietHours(
            ZoneId.of(zone), LocalTime.parse("22:00"), LocalTime.parse("07:00"), Severity.HIGH);
    QuietHours noon =
        new QuietHours(
            ZoneId.of(zone), LocalTime.parse("12:00"), LocalTime.parse("13:30"), Severity.HIGH);
    for (int i = 0; i < STEPS; i++) {
      Instant at = START.plus(STEP.multipliedBy(i));
      LocalTime wall = LocalTime.ofInstant(at, ZoneId.of(zone));
      boolean sleeps = wall.getHour() >= 22 || wall.getHour() < 7;
      boolean eats = !wall.isBefore(LocalTime.NOON) && wall.isBefore(LocalTime.of(13, 30));
      boolean atSeven =
          night
              .end(at)
              .map(end -> LocalTime.ofInstant(end, ZoneId.of(zone)))
              .filter(end -> !end.equals(LocalTime.of(7, 0)))
              .isEmpty();
      if (night.end(at).isPresent() != sleeps || noon.end(at).isPresent() != eats || !atSeven) {
        fail("%s at %s", zone, at);
      }
    }
  }

  @Test
  void a_swap_stands_in_and_the_later_written_one_counts() {
    Rotation rotation =
        new Rotation(
            "first",
            ZoneId.of("Europe/Berlin"),
            LocalDate.parse("2026-01-05"),
            LocalTime.parse("09:00"),
            7,
            List.of("Ada", "Bob"),
            List.of(
                swap("Cleo", "2026-01-06T00:00", "2026-01-08T00:00"),
                swap("Bob", "2026-01-07T12:00", "2026-01-07T18:00")),
            ORIGIN);

    assertThat(onCall(rotation, "2026-01-05T07:59:59Z")).isEqualTo("Bob");
    assertThat(onCall(rotation, "2026-01-05T08:00:00Z")).isEqualTo("Ada");
    assertThat(onCall(rotation, "2026-01-05T23:00:00Z")).isEqualTo("Cleo");
    assertThat(onCall(rotation, "2026-01-07T12:00:00Z")).isEqualTo("Bob");
    assertThat(onCall(rotation, "2026-01-07T17:00:00Z")).isEqualTo("Cleo");
    assertThat(onCall(rotation, "2026-01-07T23:00:00Z")).isEqualTo("Ada");
    assertThat(onCall(rotation, "2026-01-12T08:00:00Z")).isEqualTo("Bob");
  }

  @Test
  void a_window_is_again_and_again_or_once() {
    Maintenance again =
        new Maintenance(
            "patches",
            ZoneId.of("Europe/Berlin"),
            "0 1 * * SUN",
            Duration.ofHours(3),
            null,
            null,
            ORIGIN);
    assertThat(again.end(Instant.parse("2026-11-22T00:00:00Z")))
        .contains(Instant.parse("2026-11-22T03:00:00Z"));
    assertThat(again.end(Instant.parse("2026-11-22T02:59:59Z"))).isPresent();
    assertThat(again.end(Instant.parse("2026-11-22T03:00:00Z"))).isEmpty();
    assertThat(again.end(Instant.parse("2026-11-21T23:59:59Z"))).isEmpty();

    Maintenance once =
        new Maintenance(
            "move",
            ZoneId.of("America/New_York"),
            null,
            null,
            LocalDateTime.parse("2026-11-21T08:00"),
            LocalDateTime.parse("2026-11-21T09:00"),
            ORIGIN);
    assertThat(once.end(Instant.parse("2026-11-21T12:59:59Z"))).isEmpty();
    assertThat(once.end(Instant.parse("2026-11-21T13:00:00Z")))
        .contains(Instant.parse("2026-11-21T14:00:00Z"));
    assertThat(once.end(Instant.parse("2026-11-21T14:00:00Z"))).isEmpty();
  }

  @Test
  void nothing_silences_what_is_critical() {
    Maintenance always =
        new Maintenance(
            "always", ZoneId.of("UTC"), "0 0 * * *", Duration.ofDays(1), null, null, ORIGIN);
    QuietHours quiet =
        new QuietHours(ZoneId.of("UTC"), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, Severity.CRITICAL);
    Duty duty = new Duty(List.of(), List.of(always), quiet, null);
    for (int hour = 0; hour < 24; hour++) {
      Instant at = START.plus(Duration.ofHours(hour));
      assertThat(duty.silence(Severity.CRITICAL, at)).isEmpty();
      assertThat(duty.silence(Severity.HIGH, at)).isPresent();
    }
    assertThat(quiet.silences(Severity.CRITICAL)).isFalse();
  }

  private static Rotation.Swap swap(String person, String from, String to) {
    return new Rotation.Swap(person, LocalDateTime.parse(from), LocalDateTime.parse(to));
  }

  private static String onCall(Rotation rotation, String at) {
    return rotation.onCall(Instant.parse(at));
  }

  private static Rotation rotation(String zone, String handover, int days) {
    return new Rotation(
        "first",
        ZoneId.of(zone),
        LocalDate.parse("2026-01-05"),
        LocalTime.parse(handover),
        days,
        List.of("Ada", "Bob", "Cleo"),
        List.of(),
        ORIGIN);
  }
}
