package holdfast.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Counts line ends eight bytes at a time. */
final class Newlines {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LINE_END = 0x0A0A0A0A0A0A0A0AL;
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;

  private Newlines() {}

  static int count(byte[] bytes, int from, int length) {
    int count = 0;
    int at = from;
    int end = from + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      long word = (long) WORD.get(bytes, at) ^ LINE_END;
      // One high bit per byte that was a line end; exact, without carries between bytes.
      count += Long.bitCount(~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS));
    }
    for (; at < end; at++) {
      if (bytes[at] == '\n') {
        count++;
      }
    }
    return count;
  }

  /** The eight bytes from {@code at}, the first in the lowest bits. */
  static long word(byte[] bytes, int at) {
    return (long) WORD.get(bytes, at);
  }
}
