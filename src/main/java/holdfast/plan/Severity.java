package holdfast.plan;

import java.util.Locale;

/** How bad it is; the worst first. */
public enum Severity {
  /** Somebody is woken: data is being lost, or may be. */
  CRITICAL,
  /** Somebody acts within the hour. */
  HIGH,
  /** Somebody acts within the day. */
  MEDIUM,
  /** Worth knowing. */
  LOW;

  /** Whether this is as bad as {@code other}, or worse. */
  public boolean atLeast(Severity other) {
    return compareTo(other) <= 0;
  }

  /** As people write it. */
  public String words() {
    return name().toLowerCase(Locale.ROOT);
  }
}
