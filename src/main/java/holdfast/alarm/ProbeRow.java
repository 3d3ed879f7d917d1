package holdfast.alarm;

import java.time.Instant;

/**
 * One probe in the journal.
 *
 * @param told how much of the newest alarm was told: 1 that it began, 2 also that it ended
 * @param blindTold the same of the newest alarm about the probe itself
 * @param dueAt when the next look is due
 * @param claim the newest look; the result of an older one is not recorded
 */
record ProbeRow(
    String system,
    String probe,
    Standing standing,
    int told,
    int blindTold,
    Instant dueAt,
    long claim) {

  String id() {
    return system + "/" + probe;
  }
}
