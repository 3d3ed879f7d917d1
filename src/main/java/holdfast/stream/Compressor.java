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
   * After a failure use {@link Chain}, which can end without writing an end.
   */
  public static OutputStream compress(Compression kind, int level, OutputStream next)
      throws IOException {
    return layer(kind, level, next);
  }

  static Layer layer(Compression kind, int level, OutputStream next) {
    return switch (kind) {
      case ZSTD -> new ZstdOutput(level, next);
      case GZIP -> new GzipOutput(level, next);
    };
  }

  /**
   * The expanded bytes. A stream cut short throws RunException TRUNCATED; a damaged one, or one
   * followed by anything else, CORRUPT.
   *
   * @param limit expanding to more than this many bytes throws CORRUPT, so that a bomb ends
   */
  public static InputStream expand(Compression kind, InputStream compressed, long limit)
      throws IOException {
    InputStream expanded =
        switch (kind) {
          case ZSTD -> new ZstdInput(compressed);
          case GZIP -> new GzipInput(compressed);
        };
    return new LimitedInput(expanded, limit);
  }
}
