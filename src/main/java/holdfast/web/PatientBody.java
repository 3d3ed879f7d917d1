package holdfast.web;

import jakarta.servlet.ServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads a body, but no longer than a while: a byte now and then would hold a thread for ever. */
final class PatientBody {

  private static final int CHUNK = 8192;

  private PatientBody() {}

  /**
   * The body, cut off after {@code most} bytes.
   *
   * @throws IOException when it breaks off or takes longer than {@code patience}
   */
  static byte[] read(ServletRequest request, int most, Duration patience) throws IOException {
    long began = System.nanoTime();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    InputStream input = request.getInputStream();
    int room = most;
    for (int read = 0; read >= 0 && room > 0; room = most - body.size()) {
      read = input.read(chunk, 0, Math.min(room, CHUNK));
      body.write(chunk, 0, Math.max(0, read));
      if (System.nanoTime() - began > patience.toNanos()) {
        throw new IOException("the body is slow");
      }
    }
    return body.toByteArray();
  }
}
