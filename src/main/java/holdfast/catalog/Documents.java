package holdfast.catalog;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.store.Key;
import holdfast.store.Store;
import java.io.IOException;
import java.io.InputStream;

/** Reads the small documents that rest beside a point's data. */
public final class Documents {

  private static final int BYTES_MAX = 64 << 20;

  private Documents() {}

  /**
   * The whole document.
   *
   * @throws RunException UNREACHABLE when the store breaks off, CORRUPT when it is far too large
   */
  public static byte[] read(Store store, Key key) {
    try (InputStream in = store.open(key)) {
      byte[] document = in.readNBytes(BYTES_MAX + 1);
      if (document.length > BYTES_MAX) {
        throw new RunException(
            Code.CORRUPT,
            store.name(),
            false,
            "Store %s holds no document at %s: it is larger than %d MiB."
                .formatted(store.name(), key, BYTES_MAX >> 20));
      }
      return document;
    } catch (IOException e) {
      throw new RunException(
          Code.UNREACHABLE,
          store.name(),
          true,
          "Store %s broke off while %s was read: try again.".formatted(store.name(), key),
          e);
    }
  }
}
