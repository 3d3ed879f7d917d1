package holdfast.web;

import java.io.Serial;

/** What was named does not exist; the message is one sentence. */
final class NotThere extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  NotThere(String sentence) {
    super(sentence);
  }
}
