package holdfast.source;

import holdfast.plan.Asset;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Makes the source of an asset, and loads dumps. */
public interface Sources {

  /** The source that {@code asset} names. */
  Source of(Asset asset);

  /**
   * Loads a whole plain dump into an existing empty database: owners and grants off, subscriptions
   * off, stops at the first error.
   *
   * @param running is handed what ends the load at once, from any thread; an interrupt alone does
   *     not reach a program
   * @throws holdfast.journal.RunException UNFIT_TOOL naming the package when an extension is
   *     missing; FULL; UNREACHABLE when the server or the program went away; DENIED; PROGRAM_FAILED
   *     for what the dump is to blame for; TRUNCATED
   */
  void load(InputStream dump, Target target, Consumer<Runnable> running) throws IOException;
}
