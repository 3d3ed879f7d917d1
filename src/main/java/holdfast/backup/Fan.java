package holdfast.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes the same bytes to every sink, so that one pass over the source fills all stores. */
final class Fan extends OutputStream {

  private final List<OutputStream> sinks;

  Fan(List<OutputStream> sinks) {
    this.sinks = List.copyOf(sinks);
  }

  @Override
  public void write(int b) throws IOException {
    for (OutputStream sink : sinks) {
      sink.write(b);
    }
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    for (OutputStream sink : sinks) {
      sink.write(buffer, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    for (OutputStream sink : sinks) {
      sink.flush();
    }
  }

  @Override
  public void close() throws IOException {
    for (OutputStream sink : sinks) {
      sink.close();
    }
  }
}
