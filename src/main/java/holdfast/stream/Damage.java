package holdfast.stream;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import org.jspecify.annotations.Nullable;

/** What reading a damaged stream comes to. */
final class Damage {

  static final String SEALED = "sealed data";
  static final String COMPRESSED = "compressed data";

  private Damage() {}

  static RunException truncated(String subject) {
    return new RunException(
        Code.TRUNCATED,
        subject,
        false,
        "The %s ends before its true end: some of it was never stored, or was lost since; use another copy or point."
            .formatted(subject));
  }

  static RunException corrupt(String subject, String how) {
    return corrupt(subject, how, null);
  }

  static RunException corrupt(String subject, String how, @Nullable Throwable cause) {
    return new RunException(
        Code.CORRUPT,
        subject,
        false,
        "The %s is damaged: %s; use another copy or point.".formatted(subject, how),
        cause);
  }
}
