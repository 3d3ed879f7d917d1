package holdfast.source;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Header and table of contents of a pg_dump custom archive (versions 1.14 to 1.16), read as the
 * bytes pass. Kept are only the names of the entries that announce data.
 */
final class Toc {

  private static final int OLDEST = 14;
  private static final int NEWEST = 16;
  private static final int CUSTOM = 1;
  private static final int INT_BYTES = 4;
  private static final int HEAD_BYTES = 11;
  private static final int NO_DATA = 3;
  private static final int MOST_ENTRIES = 20_000_000;
  private static final int LONGEST_NAME = 1 << 20;
  private static final int MOST_NAME_BYTES = 64 << 20;

  /** The parts of header and entry, in the order they are written. */
  private enum Field {
    HEAD,
    COMPRESSION,
    NUMBER,
    TEXT,
    COUNT,
    ID,
    TAG,
    DESCRIPTION,
    NAMESPACE,
    RELATION_KIND,
    DEPENDENCY,
    OFFSET
  }

  private static final Field[] HEADER = {
    Field.HEAD,
    Field.COMPRESSION,
    Field.NUMBER,
    Field.NUMBER,
    Field.NUMBER,
    Field.NUMBER,
    Field.NUMBER,
    Field.NUMBER,
    Field.NUMBER,
    Field.TEXT,
    Field.TEXT,
    Field.TEXT,
    Field.COUNT
  };
  private static final Field[] ENTRY = {
    Field.ID,
    Field.NUMBER,
    Field.TEXT,
    Field.TEXT,
    Field.TAG,
    Field.DESCRIPTION,
    Field.NUMBER,
    Field.TEXT,
    Field.TEXT,
    Field.TEXT,
    Field.NAMESPACE,
    Field.TEXT,
    Field.TEXT,
    Field.RELATION_KIND,
    Field.TEXT,
    Field.TEXT,
    Field.DEPENDENCY,
    Field.OFFSET
  };

  /** An entry with a data block; {@code table} is empty for large objects. */
  record Announced(int id, String table) {}

  private final Map<Integer, Announced> announced = new LinkedHashMap<>();
  private final byte[] small = new byte[HEAD_BYTES + Long.BYTES];
  private Field[] program = HEADER;
  private int step;
  private int have;
  private long textLeft;
  private byte[] kept = new byte[0];
  private int keptLength;
  private long nameBytes;
  private int version;
  private int offsetBytes;
  private int entriesLeft = -1;
  private int id;
  private String tag = "";
  private String description = "";
  private String namespace = "";

  boolean complete() {
    return entriesLeft == 0;
  }

  Map<Integer, Announced> announced() {
    return announced;
  }

  /** Takes what belongs to header and contents; the number of bytes taken. */
  int accept(byte[] bytes, int from, int length) {
    int at = from;
    int end = from + length;
    while (at < end && !complete()) {
      if (textLeft > 0) {
        at += text(bytes, at, end - at);
      } else {
        small[have++] = bytes[at++];
        if (have == wanted()) {
          have = 0;
          number();
        }
      }
    }
    return at - from;
  }

  private int wanted() {
    return switch (program[step]) {
      case HEAD -> HEAD_BYTES;
      case COMPRESSION -> version > OLDEST ? 1 : 1 + INT_BYTES;
      case OFFSET -> 1 + offsetBytes;
      default -> 1 + INT_BYTES;
    };
  }

  private int text(byte[] bytes, int at, int available) {
    int length = (int) Math.min(textLeft, available);
    if (kept.length > 0) {
      System.arraycopy(bytes, at, kept, keptLength, length);
      keptLength += length;
    }
    textLeft -= length;
    if (textLeft == 0) {
      textEnded(new String(kept, 0, keptLength, StandardCharsets.UTF_8));
    }
    return length;
  }

  private void number() {
    switch (program[step]) {
      case HEAD -> head();
      case COMPRESSION -> compression();
      case COUNT -> count(Archive.number(small, 0));
      case ID -> {
        id = Archive.number(small, 0);
        next();
      }
      case TAG, DESCRIPTION, NAMESPACE -> startText(Archive.number(small, 0), true);
      case TEXT, DEPENDENCY -> startText(Archive.number(small, 0), false);
      case OFFSET -> offset();
      case NUMBER, RELATION_KIND -> next();
    }
  }

  private void head() {
    String magic = new String(small, 0, 5, StandardCharsets.ISO_8859_1);
    if (!magic.equals("PGDMP")) {
      throw Archive.corrupt("it does not begin as a pg_dump custom archive");
    }
    version = small[6];
    offsetBytes = small[9];
    if (small[5] != 1 || version < OLDEST || version > NEWEST) {
      throw Archive.corrupt("its archive version %d.%d is unknown".formatted(small[5], small[6]));
    }
    if (small[8] != INT_BYTES || offsetBytes < 1 || offsetBytes > Long.BYTES) {
      throw Archive.corrupt("its numbers have an unknown width");
    }
    if (small[10] != CUSTOM) {
      throw Archive.corrupt("it is a pg_dump archive of another format");
    }
    next();
  }

  private void compression() {
    int method = version > OLDEST ? small[0] : Archive.number(small, 0);
    if (method != 0) {
      throw Archive.corrupt("its data is compressed inside the archive");
    }
    next();
  }

  private void count(int count) {
    if (count < 0 || count > MOST_ENTRIES) {
      throw Archive.corrupt("it claims %d entries".formatted(count));
    }
    entriesLeft = count;
    program = ENTRY;
    step = 0;
  }

  private void startText(int length, boolean keep) {
    if (length < -1 || (keep && length > LONGEST_NAME)) {
      throw Archive.corrupt("it claims a text of %d bytes".formatted(length));
    }
    boolean list = program[step] == Field.DEPENDENCY;
    kept = keep && length > 0 ? new byte[length] : new byte[0];
    keptLength = 0;
    textLeft = Math.max(length, 0);
    if (length == -1) {
      assign("");
      next();
    } else if (length == 0 && !list) {
      textEnded("");
    }
  }

  private void textEnded(String text) {
    assign(text);
    if (program[step] != Field.DEPENDENCY) {
      next();
    }
  }

  private void assign(String text) {
    switch (program[step]) {
      case TAG -> tag = text;
      case DESCRIPTION -> description = text;
      case NAMESPACE -> namespace = text;
      default -> {}
    }
  }

  private void offset() {
    if (small[0] != NO_DATA) {
      String table = description.equals("TABLE DATA") ? namespace + "." + tag : "";
      nameBytes += table.length();
      if (nameBytes > MOST_NAME_BYTES) {
        throw Archive.corrupt("its names are too long to be true");
      }
      if (announced.put(id, new Announced(id, table)) != null) {
        throw Archive.corrupt("it has two entries numbered " + id);
      }
    }
    entriesLeft--;
    step = 0;
  }

  private void next() {
    step++;
    if (program == ENTRY && program[step] == Field.RELATION_KIND && version < NEWEST) {
      step++;
    }
  }
}
