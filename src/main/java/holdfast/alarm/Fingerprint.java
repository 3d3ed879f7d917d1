package holdfast.alarm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What all events of one trouble have in common, in a bounded form. */
final class Fingerprint {

  private static final int BYTES = 16;

  private Fingerprint() {}

  static String of(String kind, List<String> identity) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      for (String part : identity) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        hash.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        hash.update(bytes);
      }
      return kind + ":" + HexFormat.of().formatHex(hash.digest(), 0, BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
