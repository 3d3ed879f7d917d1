package holdfast.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Rewrites a version 1.14 archive as the later versions lay it out: 1.15 has one byte for the
 * compression, 1.16 also a relation kind in each entry.
 */
final class ArchiveVersions {

  private final ByteBuffer in;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private ArchiveVersions(byte[] archive) {
    in = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
  }

  static byte[] rewrite(byte[] archive, int version) throws IOException {
    ArchiveVersions versions = new ArchiveVersions(archive);
    versions.run(version);
    return versions.out.toByteArray();
  }

  private void run(int version) throws IOException {
    copy(6);
    in.get();
    out.write(version);
    copy(4);
    in.position(in.position() + 5);
    out.write(0);
    copy(7 * 5);
    texts(3);
    int entries = in.getInt(in.position() + 1);
    copy(5);
    for (int i = 0; i < entries; i++) {
      entry(version);
    }
    copy(in.remaining());
  }

  private void entry(int version) throws IOException {
    copy(2 * 5);
    texts(4);
    copy(5);
    texts(6);
    if (version >= 16) {
      out.write(new byte[] {0, 'r', 0, 0, 0});
    }
    texts(2);
    while (text()) {}
    copy(9);
  }

  private void texts(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      text();
    }
  }

  private boolean text() throws IOException {
    boolean absent = in.get(in.position()) != 0;
    int length = in.getInt(in.position() + 1);
    copy(5);
    copy(absent ? 0 : length);
    return !absent;
  }

  private void copy(int length) throws IOException {
    byte[] bytes = new byte[length];
    in.get(bytes);
    out.write(bytes);
  }
}
