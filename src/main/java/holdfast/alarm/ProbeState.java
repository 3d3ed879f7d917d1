package holdfast.alarm;

/** How a probe stands. */
public enum ProbeState {
  /** The last look was well. */
  UP,
  /** The last look failed. */
  DOWN,
  /** The last look was not possible, for a reason on our own side. */
  COULD_NOT_PROBE,
  /** Nobody has looked yet, or for too long. */
  UNKNOWN;

  /** As people write it. */
  public String words() {
    return name().replace('_', '-');
  }
}
