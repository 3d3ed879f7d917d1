package holdfast.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The last 8 KiB of what a program complained about, with the secrets of its environment struck
 * out.
 */
final class Tail extends Thread {

  static final int LIMIT = 8 * 1024;
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(PASS|SECRET|TOKEN|KEY|CREDENTIAL).*");
  private static final int SHORTEST_SECRET = 3;

  private final InputStream stderr;
  private final List<String> secrets;
  private final byte[] ring = new byte[2 * LIMIT];
  private long written;

  Tail(String name, InputStream stderr, Map<String, String> environment) {
    super("stderr of " + name);
    setDaemon(true);
    this.stderr = stderr;
    this.secrets =
        environment.entrySet().stream()
            .filter(entry -> SECRET.matcher(entry.getKey()).matches())
            .map(Map.Entry::getValue)
            .filter(value -> value.length() >= SHORTEST_SECRET && !value.startsWith("/"))
            .sorted((a, b) -> b.length() - a.length())
            .toList();
  }

  @Override
  public void run() {
    byte[] buffer = new byte[LIMIT];
    try (stderr) {
      for (int n = stderr.read(buffer); n >= 0; n = stderr.read(buffer)) {
        keep(buffer, n);
      }
    } catch (IOException closed) {
      // The program or its reader was closed; what was kept is what there is.
    }
  }

  private synchronized void keep(byte[] buffer, int length) {
    for (int i = 0; i < length; i++) {
      ring[(int) (written++ % ring.length)] = buffer[i];
    }
  }

  /** What was kept so far, decoded. */
  synchronized String text() {
    int length = (int) Math.min(written, ring.length);
    byte[] last = new byte[length];
    for (int i = 0; i < length; i++) {
      last[i] = ring[(int) ((written - length + i) % ring.length)];
    }
    // Secrets are struck out of twice the limit first, so that one cut at the limit cannot show.
    String text = new String(last, StandardCharsets.UTF_8);
    for (String secret : secrets) {
      text = text.replace(secret, "**redacted**");
    }
    return text.length() <= LIMIT ? text : text.substring(text.length() - LIMIT);
  }
}
