package holdfast.incident;

/** Alarms of Holdfast's own: what its runs and messages say. */
final class OwnAlarms {

  /** The fact that names the channel which is itself the trouble. */
  static final String CHANNEL = "channel";

  private OwnAlarms() {}
}
