package holdfast.absence;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.absence.Vitals.Late;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VitalsTest {

  private static final Instant SINCE = Instant.parse("2026-11-21T02:00:00Z");
  private static final List<Late> NONE = List.of();

  @Test
  void nothing_stuck_is_no_reason() {
    assertThat(new Vitals(false, NONE, false, List.of(), List.of(), NONE, NONE, List.of()).stuck())
        .isEmpty();
  }

  @Test
  void each_part_that_is_stuck_is_a_reason_of_its_own() {
    assertThat(new Vitals(true, NONE, false, List.of(), List.of(), NONE, NONE, List.of()).stuck())
        .hasValue("Timers stand still: nothing wakes the schedules.");
    List<Late> schedule = List.of(new Late("schedule nightly of roleferry/database", SINCE));
    assertThat(
            new Vitals(false, schedule, false, List.of(), List.of(), NONE, NONE, List.of()).stuck())
        .hasValue(
            "Timers stand still: schedule nightly of roleferry/database was due at"
                + " 2026-11-21T02:00:00Z and nobody noted it.");
    assertThat(new Vitals(false, NONE, true, List.of(), List.of(), NONE, NONE, List.of()).stuck())
        .hasValue("Nobody looks after the clock of incidents.");
    List<String> call = List.of("level 2 of incident i1");
    assertThat(new Vitals(false, NONE, false, call, List.of(), NONE, NONE, List.of()).stuck())
        .hasValue("A call is overdue: level 2 of incident i1.");
    assertThat(
            new Vitals(false, NONE, false, List.of(), List.of("i1"), NONE, NONE, List.of()).stuck())
        .hasValue("Nobody could be told of incident i1.");
    List<Late> chat = List.of(new Late("chat", SINCE));
    assertThat(new Vitals(false, NONE, false, List.of(), List.of(), chat, NONE, List.of()).stuck())
        .hasValue("Messages for chat were to be sent at 2026-11-21T02:00:00Z and nobody tries.");
    List<Late> run = List.of(new Late("r1", SINCE));
    assertThat(new Vitals(false, NONE, false, List.of(), List.of(), NONE, run, List.of()).stuck())
        .hasValue("Run r1 lost its process at 2026-11-21T02:00:00Z and nobody closed it.");
    assertThat(
            new Vitals(false, NONE, false, List.of(), List.of(), NONE, NONE, List.of("disks"))
                .stuck())
        .hasValue("The watch disks does not look.");
  }
}
