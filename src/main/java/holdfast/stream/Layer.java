package holdfast.stream;

import java.io.IOException;
import java.io.OutputStream;

/** A layer that holds a thread or native memory, and so must end even when the run has failed. */
abstract class Layer extends OutputStream {

  private final byte[] one = new byte[1];

  @Override
  public final void write(int b) throws IOException {
    one[0] = (byte) b;
    write(one, 0, 1);
  }

  @Override
  public abstract void write(byte[] buffer, int offset, int length) throws IOException;

  /** Frees what this layer holds; writes nothing, closes nothing behind it, never throws. */
  abstract void abandon();
}
