package holdfast.alarm;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bodies as text: strict where they are taken, forgiving where people look at a refused one. */
final class Bodies {

  private static final int EXCERPT_MAX = 2000;

  private Bodies() {}

  /** The text; empty where the bytes are none. */
  static Optional<String> text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text);
    } catch (CharacterCodingException malformed) {
      return Optional.empty();
    }
  }

  /** What keeps {@code text} from being kept as it is; null where nothing does. */
  static @Nullable String fault(String text) {
    if (text.indexOf('\0') >= 0) {
      return "The event holds a NUL character, which no text has.";
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      return "The event holds half of a character pair, which no text has.";
    }
    return text.isBlank() ? "The event is empty." : null;
  }

  static boolean tooLarge(String text) {
    return text.length() > Post.BODY_MAX
        || text.getBytes(StandardCharsets.UTF_8).length > Post.BODY_MAX;
  }

  /** The beginning, for people: whatever does not print is written as an escape. */
  static String excerpt(byte[] bytes) {
    return text(bytes).map(Bodies::excerpt).orElseGet(() -> escaped(bytes));
  }

  private static String escaped(byte[] bytes) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < bytes.length && shown.length() < EXCERPT_MAX; i++) {
      boolean plain = bytes[i] >= ' ' && bytes[i] < 0x7f;
      shown.append(plain ? String.valueOf((char) bytes[i]) : "\\x%02x".formatted(bytes[i]));
    }
    return shown.toString();
  }

  static String excerpt(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && shown.length() < EXCERPT_MAX; i++) {
      char c = text.charAt(i);
      if (prints(c)) {
        shown.append(c);
      } else {
        shown.append("\\u%04x".formatted((int) c));
      }
    }
    return shown.toString();
  }

  private static boolean prints(char c) {
    return c == '\n' || (c >= ' ' && c < 0x7f) || (c >= 0xa0 && Character.isLetterOrDigit(c));
  }
}
