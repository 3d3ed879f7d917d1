package holdfast.backup;

import holdfast.journal.RunException;
import holdfast.store.Key;
import holdfast.store.Patience;
import holdfast.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the same bytes to every store, so that one pass over the source fills all of them. A store
 * that fails is let go as long as enough are left; its copy is made later, from one of them.
 */
final class Fan extends OutputStream {

  private final List<Leg> legs;
  private final int required;
  private final BackupSettings settings;
  private volatile boolean writing;

  /**
   * A fan over stores.
   *
   * @param required how many of them must come through
   */
  Fan(List<Store> stores, Key data, int required, BackupSettings settings) {
    this.required = required;
    this.settings = settings;
    this.legs = stores.stream().map(store -> new Leg(store, data, this::patience)).toList();
  }

  /** Something done to one store. */
  interface Step {
    void on(Leg leg) throws IOException;
  }

  /** Does {@code step} on every store that is left, and lets go of those that fail at it. */
  void each(Step step) throws IOException {
    for (Leg leg : legs) {
      if (leg.lost() == null) {
        try {
          step.on(leg);
        } catch (IOException | RuntimeException e) {
          lose(leg, e);
        }
      }
    }
  }

  private void lose(Leg leg, Exception e) throws IOException {
    if (left().size() <= required) {
      if (e instanceof IOException broken) {
        throw broken;
      }
      throw (RuntimeException) e;
    }
    leg.lose(RunException.from(e, leg.name()));
  }

  /** Stores that are not lost. */
  List<Leg> left() {
    return legs.stream().filter(leg -> leg.lost() == null).toList();
  }

  /** Why each lost store was lost, by its name. */
  Map<String, String> lost() {
    Map<String, String> lost = new LinkedHashMap<>();
    for (Leg leg : legs) {
      RunException why = leg.lost();
      if (why != null) {
        lost.put(leg.name(), String.valueOf(why.getMessage()));
      }
    }
    return lost;
  }

  /** Whether bytes wait for a store right now; from any thread. */
  boolean holds() {
    return writing;
  }

  /** The store that refuses and is asked again; null where none does. From any thread. */
  @Nullable String waitsFor() {
    return legs.stream()
        .filter(leg -> leg.lost() == null && leg.waits())
        .map(Leg::name)
        .findFirst()
        .orElse(null);
  }

  /** A store that the point can do without does not hold up the others for long. */
  private Patience patience(Leg leg) {
    return Patience.of(() -> limit(leg), settings.storePause());
  }

  private Duration limit(Leg leg) {
    long moving =
        legs.stream()
            .filter(other -> other != leg && other.lost() == null && !other.waits())
            .count();
    return moving >= required ? settings.spareStoreWait() : settings.storeWait();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    writing = true;
    try {
      each(leg -> leg.write(buffer, offset, length));
    } finally {
      writing = false;
    }
  }

  /** Ends what is unfinished in every store. */
  void end() {
    legs.forEach(Leg::close);
  }

  /** Takes away what was put into any store. */
  void remove() {
    legs.forEach(Leg::remove);
  }
}
