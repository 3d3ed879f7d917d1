package holdfast.source;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Follows a pg_dump custom archive as its bytes pass, without copying them: contents, then every
 * data block to its zero-length chunk, counting the rows of each table. Memory does not grow with
 * what the bytes claim.
 *
 * <p>To test one: feed it a whole dump in any pieces, then {@link #finish()}; cut anywhere, finish
 * throws.
 */
final class CustomFormat {

  private static final int DATA_BLOCK = 1;
  private static final int LARGE_OBJECTS_BLOCK = 3;
  private static final int NUMBER_BYTES = 5;

  private enum State {
    CONTENTS,
    BLOCK_TYPE,
    BLOCK_ID,
    OBJECT_ID,
    CHUNK_LENGTH,
    CHUNK
  }

  private final Toc toc = new Toc();
  private final Map<Integer, Toc.Announced> unread = new LinkedHashMap<>();
  private final Map<String, Long> rows = new LinkedHashMap<>();
  private final byte[] small = new byte[NUMBER_BYTES];
  private State state = State.CONTENTS;
  private int have;
  private boolean largeObjects;
  private String table = "";
  private int chunkLeft;
  private long lines;
  private long blockBytes;
  private long tail;
  private long position;
  private int entries;

  /**
   * Takes the next bytes.
   *
   * @throws holdfast.journal.RunException CORRUPT as soon as the bytes cannot be a dump
   */
  void accept(byte[] bytes, int from, int length) {
    int at = from;
    int end = from + length;
    while (at < end) {
      if (state == State.CHUNK) {
        at = chunk(bytes, at, Math.min(chunkLeft, end - at));
      } else if (state == State.CONTENTS) {
        at += toc.accept(bytes, at, end - at);
        contentsEnded();
      } else {
        at = number(bytes, at, end);
      }
    }
    position += length;
  }

  private void contentsEnded() {
    if (toc.complete()) {
      unread.putAll(toc.announced());
      entries = unread.size();
      state = State.BLOCK_TYPE;
    }
  }

  private int chunk(byte[] bytes, int at, int length) {
    if (!largeObjects) {
      lines += Newlines.count(bytes, at, length);
      remember(bytes, at, length);
    }
    blockBytes += length;
    chunkLeft -= length;
    if (chunkLeft == 0) {
      state = State.CHUNK_LENGTH;
    }
    return at + length;
  }

  /** The block's last eight bytes, the newest in the highest bits. */
  private void remember(byte[] bytes, int at, int length) {
    if (length >= Long.BYTES) {
      tail = Newlines.word(bytes, at + length - Long.BYTES);
      return;
    }
    for (int i = at; i < at + length; i++) {
      tail = tail >>> 8 | (long) bytes[i] << 56;
    }
  }

  private int number(byte[] bytes, int from, int end) {
    int wanted = state == State.BLOCK_TYPE ? 1 : NUMBER_BYTES;
    if (have == 0 && end - from >= wanted) {
      value(bytes, from);
      return from + wanted;
    }
    small[have++] = bytes[from];
    if (have == wanted) {
      have = 0;
      value(small, 0);
    }
    return from + 1;
  }

  private void value(byte[] bytes, int at) {
    switch (state) {
      case CHUNK_LENGTH -> chunkLength(Archive.number(bytes, at));
      case BLOCK_TYPE -> blockType(bytes[at]);
      case BLOCK_ID -> blockId(Archive.number(bytes, at));
      case OBJECT_ID -> objectId(Archive.number(bytes, at));
      default -> throw new IllegalStateException(state.name());
    }
  }

  private void blockType(int type) {
    if (unread.isEmpty()) {
      throw Archive.corrupt("there are bytes after its end");
    }
    if (type != DATA_BLOCK && type != LARGE_OBJECTS_BLOCK) {
      throw Archive.corrupt("a block of unknown type %d begins%s".formatted(type, where()));
    }
    largeObjects = type == LARGE_OBJECTS_BLOCK;
    state = State.BLOCK_ID;
  }

  private void blockId(int id) {
    Toc.Announced entry = unread.remove(id);
    if (entry == null) {
      throw Archive.corrupt(
          "a block belongs to entry %d, which announced none or had it already%s"
              .formatted(id, where()));
    }
    table = entry.table();
    lines = 0;
    blockBytes = 0;
    tail = 0;
    state = largeObjects ? State.OBJECT_ID : State.CHUNK_LENGTH;
  }

  private void objectId(int oid) {
    state = oid == 0 ? State.BLOCK_TYPE : State.CHUNK_LENGTH;
  }

  private void chunkLength(int length) {
    if (length < 0) {
      throw Archive.corrupt("a chunk claims %d bytes%s".formatted(length, where()));
    }
    if (length > 0) {
      chunkLeft = length;
      state = State.CHUNK;
    } else if (largeObjects) {
      state = State.OBJECT_ID;
    } else {
      if (!table.isEmpty()) {
        rows.merge(table, lines - endMarkerLines(), Long::sum);
      }
      state = State.BLOCK_TYPE;
    }
  }

  /**
   * The line ends that belong to COPY's end marker, a line {@code \.}; no row can look like it,
   * since a backslash in data is written twice.
   */
  private long endMarkerLines() {
    long bytes = tail;
    int ends = 0;
    while (ends < Long.BYTES && bytes >>> 56 == '\n') {
      bytes <<= 8;
      ends++;
    }
    boolean marker = bytes >>> 56 == '.' && (bytes >>> 48 & 0xFF) == '\\';
    boolean ownLine = blockBytes == ends + 2L || (bytes >>> 40 & 0xFF) == '\n';
    return ends > 0 && marker && ownLine ? ends : 0;
  }

  private String where() {
    return " near byte " + position;
  }

  /**
   * Says that there are no more bytes.
   *
   * @throws holdfast.journal.RunException TRUNCATED unless every entry that announced data had its
   *     block read to the end, and nothing was left open
   */
  void finish() {
    if (state == State.CONTENTS) {
      throw Archive.truncated("its contents end at byte %d".formatted(position));
    }
    if (state != State.BLOCK_TYPE) {
      String what = largeObjects ? "the large objects" : "table " + table;
      throw Archive.truncated("it ends within %s, at byte %d".formatted(what, position));
    }
    if (!unread.isEmpty()) {
      throw Archive.truncated(
          "%d of %d data blocks are missing after byte %d"
              .formatted(unread.size(), entries, position));
    }
  }

  /** Rows per {@code schema.table} of the blocks read to their end. */
  Map<String, Long> rows() {
    return rows;
  }

  int entriesWithData() {
    return entries;
  }

  int entriesRead() {
    return entries - unread.size();
  }

  long position() {
    return position;
  }
}
