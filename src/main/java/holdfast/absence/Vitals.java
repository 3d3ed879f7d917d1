package holdfast.absence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What must go on for Holdfast to be alive, as it was found.
 *
 * @param timersStill whether nothing has woken the schedules for minutes
 * @param unrecorded moments at which something was due and nobody noted it: the timers stand still
 * @param clockBlind whether nobody has looked over the shoulder of the clock of incidents
 * @param overdue calls and reminders that should have been made, in words
 * @param unheard incidents of which nobody could be told
 * @param untried channels whose due messages nobody tries
 * @param lapsed runs whose process is gone and that nobody closed
 * @param blind watches that have not looked for too long
 */
record Vitals(
    boolean timersStill,
    List<Late> unrecorded,
    boolean clockBlind,
    List<String> overdue,
    List<String> unheard,
    List<Late> untried,
    List<Late> lapsed,
    List<String> blind) {

  /**
   * Something that is late.
   *
   * @param what a schedule, a channel or a run
   * @param since when it was due
   */
  record Late(String what, Instant since) {}

  /** Why no sign of life may be given, in one sentence; empty when nothing is stuck. Pure. */
  Optional<String> stuck() {
    if (timersStill) {
      return Optional.of("Timers stand still: nothing wakes the schedules.");
    }
    if (!unrecorded.isEmpty()) {
      Late first = unrecorded.get(0);
      return Optional.of(
          "Timers stand still: %s was due at %s and nobody noted it."
              .formatted(first.what(), first.since()));
    }
    if (clockBlind) {
      return Optional.of("Nobody looks after the clock of incidents.");
    }
    if (!overdue.isEmpty()) {
      return Optional.of("A call is overdue: %s.".formatted(overdue.get(0)));
    }
    if (!unheard.isEmpty()) {
      return Optional.of("Nobody could be told of incident %s.".formatted(unheard.get(0)));
    }
    return messagesAndRuns();
  }

  private Optional<String> messagesAndRuns() {
    if (!untried.isEmpty()) {
      Late first = untried.get(0);
      return Optional.of(
          "Messages for %s were to be sent at %s and nobody tries."
              .formatted(first.what(), first.since()));
    }
    if (!lapsed.isEmpty()) {
      Late first = lapsed.get(0);
      return Optional.of(
          "Run %s lost its process at %s and nobody closed it."
              .formatted(first.what(), first.since()));
    }
    return blind.isEmpty()
        ? Optional.empty()
        : Optional.of("The watch %s does not look.".formatted(blind.get(0)));
  }
}
