package holdfast.store;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of one part, kept until the store has them, so that they can be sent again. */
interface Part extends AutoCloseable {

  /** Takes bytes; the caller never exceeds the part's size. */
  void write(byte[] from, int offset, int length) throws IOException;

  long length();

  /** CRC-32 of all bytes. */
  int checksum();

  /** The bytes from the start, as often as asked. */
  InputStream open();

  /** Gives the room back; nobody may write or read any more. */
  @Override
  void close();

  /** Gives the room back while somebody may still be writing, so others never get this memory. */
  void drop();
}
