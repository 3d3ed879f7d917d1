package holdfast.plan;

/** A value that never prints; only {@link #reveal()} gives it out. */
public final class Secret {

  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The secret itself: hand it to a client, never to a log, a message or an argument list. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "**redacted**";
  }
}
