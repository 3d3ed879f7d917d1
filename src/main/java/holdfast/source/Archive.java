package holdfast.source;

import holdfast.journal.Code;
import holdfast.journal.RunException;

/** What the parts of the archive's reader share. */
final class Archive {

  private Archive() {}

  /** A number as pg_dump writes it: a sign byte, then four bytes, lowest first. */
  static int number(byte[] bytes, int at) {
    int value =
        (bytes[at + 1] & 0xFF)
            | (bytes[at + 2] & 0xFF) << 8
            | (bytes[at + 3] & 0xFF) << 16
            | bytes[at + 4] << 24;
    return bytes[at] == 0 ? value : -value;
  }

  static RunException corrupt(String why) {
    return new RunException(
        Code.CORRUPT, "dump", false, "The dump is damaged: %s; make a new backup.".formatted(why));
  }

  static RunException truncated(String why) {
    return new RunException(
        Code.TRUNCATED,
        "dump",
        true,
        "The dump is cut short: %s; make a new backup.".formatted(why));
  }
}
