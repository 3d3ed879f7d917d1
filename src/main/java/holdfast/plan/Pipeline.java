package holdfast.plan;

import java.util.List;

/**
 * What happens to the bytes between source and store.
 *
 * @param level compression level of the algorithm
 * @param recipients keys of {@link KeySpec#recipients()}; never empty
 */
public record Pipeline(Compression compression, int level, List<String> recipients) {

  /** zstd by default. */
  public enum Compression {
    ZSTD("zst"),
    GZIP("gz");

    private final String extension;

    Compression(String extension) {
      this.extension = extension;
    }

    /** The file name's extension, without a dot. */
    public String extension() {
      return extension;
    }
  }
}
