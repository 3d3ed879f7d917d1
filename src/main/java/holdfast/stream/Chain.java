package holdfast.stream;

import holdfast.plan.Pipeline;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The way of a source's bytes to a store: count and hash, compress, a thread boundary, seal, count
 * and hash, sink. On two cores the reader and the hash of the plain bytes, the compressor's native
 * threads, and seal and sink work side by side.
 *
 * <pre>{@code
 * try (Chain chain = Chain.to(sink, pipeline, keys)) {
 *   source.dump(chain.in());
 *   Chain.Digests digests = chain.finish(); // only this writes the ends and closes the sink
 * }                                           // after a failure: no end is written, sink left open
 * }</pre>
 *
 * After a failure abort the sink first, so that no layer still waits for it.
 */
public final class Chain implements AutoCloseable {

  /** What went in, and what came out. */
  public record Digests(Digest plain, Digest sealed) {}

  private final Tally sealed;
  private final Handoff handoff;
  private final Layer compressor;
  private final Tally plain;
  private boolean finished;

  private Chain(Tally sealed, Handoff handoff, Layer compressor) {
    this.sealed = sealed;
    this.handoff = handoff;
    this.compressor = compressor;
    this.plain = new Tally(compressor);
  }

  /**
   * A chain that ends in {@code sink}; throws RunException NO_KEY before anything is written when a
   * recipient's key is not fit.
   */
  public static Chain to(OutputStream sink, Pipeline pipeline, KeyRing keys) throws IOException {
    Tally sealed = new Tally(sink);
    Handoff handoff = new Handoff("holdfast-seal", keys.seal(pipeline.recipients(), sealed));
    return new Chain(
        sealed, handoff, Compressor.layer(pipeline.compression(), pipeline.level(), handoff));
  }

  /** Where the plain bytes are written, by one thread; not to be closed by the caller. */
  public OutputStream in() {
    return plain;
  }

  /** Plain bytes so far, from any thread. */
  public long plainBytes() {
    return plain.bytes();
  }

  /** Sealed bytes so far, from any thread. */
  public long sealedBytes() {
    return sealed.bytes();
  }

  /** Writes every layer's end, closes the sink, and tells what passed. */
  public Digests finish() throws IOException {
    plain.close();
    finished = true;
    return new Digests(plain.digest(), sealed.digest());
  }

  /** Ends threads and frees native memory; unless finished, writes no end and leaves the sink. */
  @Override
  public void close() {
    if (!finished) {
      handoff.abandon();
      compressor.abandon();
    }
  }
}
