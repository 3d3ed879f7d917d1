package holdfast.stream;

import holdfast.plan.Pipeline.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Compresses and expands. */
public final class Compressor {

  private Compressor() {}

  /**
   * A stream that compresses to {@code next}; closing it writes the end and closes {@code next}.
   */
  public static OutputStream compress(Compression kind, int level, OutputStream next)
      throws IOException {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * The expanded bytes; a frame cut short throws.
   *
   * @param limit reading more than this throws, so that a bomb ends
   */
  public static InputStream expand(Compression kind, InputStream compressed, long limit)
      throws IOException {
    throw new UnsupportedOperationException("not built yet");
  }
}
