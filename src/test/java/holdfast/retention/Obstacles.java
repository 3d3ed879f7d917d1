package holdfast.retention;

import holdfast.store.Key;
import holdfast.store.Patience;
import holdfast.store.Store;
import holdfast.store.Stores;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Real stores, between which and their callers something can happen. */
final class Obstacles implements Stores {

  private final Stores stores;

  /** Until when a store has locked everything, by its name. */
  final Map<String, Instant> locks = new HashMap<>();

  /** Told of each removal before it is made, with the store's name. */
  Consumer<String> beforeRemoval = store -> {};

  Obstacles(Stores stores) {
    this.stores = stores;
  }

  @Override
  public Store named(String name) {
    return new Watched(stores.named(name), this);
  }

  private record Watched(Store store, Obstacles obstacles) implements Store {

    @Override
    public String name() {
      return store.name();
    }

    @Override
    public Upload begin(Key key, long expectedBytes, Attributes attributes, Patience patience) {
      return store.begin(key, expectedBytes, attributes, patience);
    }

    @Override
    public boolean putIfAbsent(Key key, byte[] document, Attributes attributes) {
      return store.putIfAbsent(key, document, attributes);
    }

    @Override
    public InputStream open(Key key) {
      return store.open(key);
    }

    @Override
    public Optional<Head> head(Key key) {
      return store.head(key);
    }

    @Override
    public Stream<Entry> list(String prefix) {
      return store.list(prefix);
    }

    @Override
    public void remove(Key key) {
      obstacles.beforeRemoval.accept(name());
      store.remove(key);
    }

    @Override
    public void tag(Key key, Map<String, String> tags) {
      store.tag(key, tags);
    }

    @Override
    public Optional<Instant> lockedUntil(Key key) {
      return Optional.ofNullable(obstacles.locks.get(name())).or(() -> store.lockedUntil(key));
    }

    @Override
    public int abandon(String prefix) {
      return store.abandon(prefix);
    }

    @Override
    public void probe() {
      store.probe();
    }

    @Override
    public Traits traits() {
      return store.traits();
    }
  }
}
