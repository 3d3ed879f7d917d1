package holdfast.cloud;

/** The mark on everything that Holdfast made: the key, with the system's name as its value. */
final class Tagged {

  static final String KEY = "holdfast";

  private Tagged() {}
}
