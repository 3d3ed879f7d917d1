package holdfast.alarm;

import holdfast.journal.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The last line of our notices where nothing but their text may come back. It holds for that very
 * text alone: quoted below another one, or made up by a stranger, it is only words.
 */
public final class OwnMark {

  private static final String LINE = "\nholdfast-origin: ";
  private static final int BYTES = 16;

  private final byte[] key;

  /** A mark made with {@code key}, which nobody else knows. */
  public OwnMark(String key) {
    this.key = key.getBytes(StandardCharsets.UTF_8);
  }

  /** The mark of the installation that this journal is of. */
  static OwnMark of(Transaction journal) {
    return new OwnMark(
        journal.in(() -> journal.sql("SELECT key FROM own_mark").query(String.class).single()));
  }

  /** One that no text bears. */
  static OwnMark unknown() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return new OwnMark(HexFormat.of().formatHex(key));
  }

  /** The same text with a line more. */
  public String on(String text) {
    String body = text.stripTrailing();
    return body + "\n" + LINE + code(body);
  }

  /** Whether {@code text} is one of ours, word for word. */
  boolean isOn(String text) {
    String all = text.replace("\r\n", "\n").stripTrailing();
    int line = all.lastIndexOf(LINE);
    return line >= 0
        && MessageDigest.isEqual(
            utf8(all.substring(line + LINE.length())),
            utf8(code(all.substring(0, line).stripTrailing())));
  }

  private String code(String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(utf8(body.replace("\r\n", "\n"))), 0, BYTES);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
