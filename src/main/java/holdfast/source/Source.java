package holdfast.source;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * A protected thing that can be dumped and loaded. Every implementation passes {@code
 * SourceContract}.
 */
public interface Source {

  /**
   * Facts about the thing now, and a refusal when it cannot be dumped safely.
   *
   * @throws holdfast.journal.RunException in one sentence: unreachable, wrong password, client
   *     older than server, missing rights
   */
  Facts probe();

  /**
   * Facts for the manifest.
   *
   * @param bytes the estimated size of the dump, for progress and part size
   * @param details such as serverVersion, clientVersion, systemIdentifier, databaseOid,
   *     databaseBytes
   */
  record Facts(long bytes, Map<String, String> details) {}

  /** Of the data object's name, such as {@code dump}; known before the dump starts. */
  default String extension() {
    return "dump";
  }

  /**
   * Starts the dump. The caller reads {@link Dump#bytes()} to its end, then asks for the evidence,
   * and closes.
   */
  Dump dump(Facts facts);

  /** A dump in motion. */
  interface Dump extends AutoCloseable {

    InputStream bytes();

    /**
     * Waits for every process and says what the bytes were. Call only after {@link #bytes()} ended.
     *
     * @throws holdfast.journal.RunException PROGRAM_FAILED or TRUNCATED when the dump is not whole
     */
    Evidence evidence();

    /** Ends every process and frees every snapshot; idempotent. */
    @Override
    void close();
  }

  /**
   * That a dump is whole.
   *
   * @param format such as postgresql-custom
   * @param extension of the object's name, such as dump
   * @param rows per {@code schema.table}, counted from the dump's own data blocks as they passed
   * @param snapshotRows the same for small tables, counted by query in the exported snapshot
   * @param entriesWithData entries that announced data; equals {@code entriesRead}
   */
  record Evidence(
      String format,
      String extension,
      Map<String, Long> rows,
      Map<String, Long> snapshotRows,
      int entriesWithData,
      int entriesRead,
      List<String> exits) {}
}
