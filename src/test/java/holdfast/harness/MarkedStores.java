package holdfast.harness;

import holdfast.store.Key;
import holdfast.store.Patience;
import holdfast.store.Store;
import holdfast.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Real stores, each of whose operations is a failpoint before it and one after it. */
record MarkedStores(Stores real, Failpoints failpoints) implements Stores {

  @Override
  public Store named(String name) {
    return new Marked(real.named(name), failpoints);
  }

  private record Marked(Store real, Failpoints failpoints) implements Store {

    private void reach(String point) {
      failpoints.reach("store %s %s".formatted(name(), point));
    }

    private static String file(Key key) {
      String name = key.path().substring(key.path().lastIndexOf('/') + 1);
      return name.replaceAll("\\d{8}T\\d+Z", "TIME");
    }

    @Override
    public String name() {
      return real.name();
    }

    @Override
    public Upload begin(Key key, long expectedBytes, Attributes attributes, Patience patience) {
      reach("before begin " + file(key));
      Upload upload = real.begin(key, expectedBytes, attributes, patience);
      reach("after begin " + file(key));
      return new MarkedUpload(upload, this, file(key));
    }

    @Override
    public boolean putIfAbsent(Key key, byte[] document, Attributes attributes) {
      reach("before put " + file(key));
      boolean put = real.putIfAbsent(key, document, attributes);
      reach("after put " + file(key));
      return put;
    }

    @Override
    public InputStream open(Key key) {
      reach("before open " + file(key));
      return real.open(key);
    }

    @Override
    public Optional<Head> head(Key key) {
      return real.head(key);
    }

    @Override
    public Stream<Entry> list(String prefix) {
      return real.list(prefix);
    }

    @Override
    public void remove(Key key) {
      reach("before remove " + file(key));
      real.remove(key);
      reach("after remove " + file(key));
    }

    @Override
    public void tag(Key key, Map<String, String> tags) {
      reach("before tag " + file(key));
      real.tag(key, tags);
      reach("after tag " + file(key));
    }

    @Override
    public Optional<Instant> lockedUntil(Key key) {
      return real.lockedUntil(key);
    }

    @Override
    public int abandon(String prefix) {
      reach("before abandon");
      int ended = real.abandon(prefix);
      reach("after abandon");
      return ended;
    }

    @Override
    public void probe() {
      real.probe();
    }

    @Override
    public Traits traits() {
      return real.traits();
    }
  }

  private record MarkedUpload(Store.Upload real, Marked store, String file)
      implements Store.Upload {

    @Override
    public OutputStream sink() {
      return new Marking(real.sink(), store, file);
    }

    @Override
    public Store.Receipt complete() throws IOException {
      store.reach("before complete " + file);
      Store.Receipt receipt = real.complete();
      store.reach("after complete " + file);
      return receipt;
    }

    @Override
    public void close() {
      real.close();
    }
  }

  /** A point at the first byte and at every fourth mebibyte. */
  private static final class Marking extends OutputStream {

    private static final int EVERY = 4 << 20;

    private final OutputStream real;
    private final Marked store;
    private final String file;
    private long next;
    private long written;

    Marking(OutputStream real, Marked store, String file) {
      this.real = real;
      this.store = store;
      this.file = file;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      if (written >= next) {
        store.reach("byte %d MiB of %s".formatted(next >> 20, file));
        next += EVERY;
      }
      real.write(from, offset, length);
      written += length;
    }

    @Override
    public void flush() throws IOException {
      real.flush();
    }
  }
}
