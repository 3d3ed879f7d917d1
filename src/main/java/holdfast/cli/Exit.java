package holdfast.cli;

import holdfast.journal.Code;

/** The exit codes that scripts rely on. */
final class Exit {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int COULD_NOT_VERIFY = 3;
  static final int REFUSED = 4;
  static final int WAITING = 5;

  private Exit() {}

  static int of(Code code) {
    return switch (code) {
      case INVALID -> USAGE;
      case REFUSED, NO_EVIDENCE, BUSY -> REFUSED;
      default -> FAILED;
    };
  }
}
