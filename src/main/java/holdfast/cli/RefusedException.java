package holdfast.cli;

/** A command ends here, with one sentence for the person who typed it. */
final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exit;

  RefusedException(int exit, String sentence) {
    super(sentence);
    this.exit = exit;
  }

  int exit() {
    return exit;
  }
}
