package holdfast.alarm;

/** A delivery that says nothing we understand; the message is one sentence for operators. */
final class Unreadable extends Exception {

  private static final long serialVersionUID = 1L;

  Unreadable(String sentence) {
    super(sentence);
  }
}
