package holdfast.alarm;

/** Numbers of events as AWS writes them. */
final class Ids {

  private Ids() {}

  /** The number behind the address of the page that explains it, or the number itself. */
  static String last(String id) {
    return id.substring(id.lastIndexOf('#') + 1).strip();
  }
}
