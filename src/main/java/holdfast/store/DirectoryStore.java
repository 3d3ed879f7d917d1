package holdfast.store;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.StoreSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder on this host. Files appear by a hard link, which is atomic and never replaces; content
 * type, metadata and tags are not kept. Symbolic links below the folder are refused.
 */
final class DirectoryStore implements Store {

  /** No key begins with a dot, so nothing here is ever listed or opened. */
  private static final String UPLOADS = ".uploads";

  private final StoreSpec.Directory spec;

  DirectoryStore(StoreSpec.Directory spec) {
    this.spec = spec;
  }

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public Upload begin(Key key, long expectedBytes, Attributes attributes, Patience patience) {
    return attempt("write " + key, () -> new DirectoryUpload(this, key));
  }

  @Override
  public boolean putIfAbsent(Key key, byte[] document, Attributes attributes) {
    if (head(key).isPresent()) {
      return false;
    }
    try (Upload upload = begin(key, document.length, attributes);
        OutputStream sink = upload.sink()) {
      sink.write(document);
      upload.complete();
      return true;
    } catch (RunException e) {
      if (e.code() == Code.REFUSED && head(key).isPresent()) {
        return false;
      }
      throw e;
    } catch (IOException e) {
      throw failure("write " + key, e);
    }
  }

  @Override
  public InputStream open(Key key) {
    return attempt(
        "read " + key,
        () -> Files.newInputStream(place(key), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  public Optional<Head> head(Key key) {
    return attempt(
        "look at " + key,
        () -> {
          Path file = place(key);
          return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
              ? Optional.of(head(file, null))
              : Optional.empty();
        });
  }

  static Head head(Path file, @Nullable String checksum) throws IOException {
    var attributes =
        Files.readAttributes(
            file, java.nio.file.attribute.BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return new Head(
        attributes.size(),
        checksum,
        attributes.size() + "-" + attributes.lastModifiedTime().toMillis(),
        attributes.lastModifiedTime().toInstant(),
        null);
  }

  @Override
  public Stream<Entry> list(String prefix) {
    return attempt("list", () -> entries(spec.path(), prefix)).stream();
  }

  private List<Entry> entries(Path root, String prefix) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new NoSuchFileException(root.toString());
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> relative(file).startsWith(prefix) && Key.valid(relative(file)))
          .map(this::entry)
          .sorted(Comparator.comparing(entry -> entry.key().path()))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Entry entry(Path file) {
    try {
      Head head = head(file, null);
      return new Entry(new Key(relative(file)), head.bytes(), head.modified());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String relative(Path file) {
    return spec.path().relativize(file).toString();
  }

  @Override
  public void remove(Key key) {
    attempt(
        "remove " + key,
        () -> {
          Path file = place(key);
          Files.deleteIfExists(file);
          return file;
        });
  }

  /** A folder keeps no tags, and nothing looks for them there. */
  @Override
  public void tag(Key key, Map<String, String> tags) {}

  /** A folder locks nothing. */
  @Override
  public Optional<Instant> lockedUntil(Key key) {
    return Optional.empty();
  }

  @Override
  public int abandon(String prefix) {
    Path uploads = spec.path().resolve(UPLOADS);
    return attempt(
        "end unfinished uploads",
        () -> {
          if (!Files.isDirectory(uploads, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
          }
          int ended = 0;
          try (Stream<Path> files = Files.list(uploads)) {
            for (Path file : files.toList()) {
              if (DirectoryUpload.isOf(file, prefix) && Files.deleteIfExists(file)) {
                ended++;
              }
            }
          }
          return ended;
        });
  }

  @Override
  public void probe() {
    attempt("look at the folder", () -> spec.path().toRealPath());
    try (Upload upload = begin(new Key("holdfast-probe"), 0, Attributes.none("text/plain"))) {
      attempt("write to the folder", () -> upload);
    }
  }

  @Override
  public Traits traits() {
    return new Traits(false, false, false);
  }

  /** The folder of unfinished uploads, made when missing. */
  Path uploads() throws IOException {
    Path root = spec.path();
    if (!Files.isDirectory(root)) {
      throw new NoSuchFileException(root.toString());
    }
    return folder(root, UPLOADS);
  }

  /** Where {@code key} lies; its folders are made when they are missing. */
  Path placeToWrite(Key key) throws IOException {
    Path at = spec.path();
    String[] names = key.path().split("/", -1);
    for (int i = 0; i < names.length - 1; i++) {
      at = folder(at, names[i]);
    }
    return at.resolve(names[names.length - 1]);
  }

  private static Path folder(Path parent, String name) throws IOException {
    Path folder = parent.resolve(name);
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.createDirectory(folder);
        DirectoryUpload.force(parent);
      } catch (FileAlreadyExistsException e) {
        // another upload made it first
      }
    }
    return real(folder);
  }

  private Path place(Key key) throws IOException {
    Path at = spec.path();
    String[] names = key.path().split("/", -1);
    for (int i = 0; i < names.length - 1; i++) {
      at = at.resolve(names[i]);
      if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
        real(at);
      }
    }
    return at.resolve(names[names.length - 1]);
  }

  private static Path real(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(folder + " is a link or no folder");
    }
    return folder;
  }

  RunException failure(String doing, IOException e) {
    String what =
        e instanceof NoSuchFileException
            ? "'%s' does not exist".formatted(e.getMessage())
            : e.getClass().getSimpleName() + ": " + e.getMessage();
    boolean full = String.valueOf(e.getMessage()).contains("No space left");
    return new RunException(
        full ? Code.FULL : Code.UNREACHABLE,
        spec.name(),
        full,
        "Store '%s': could not %s in %s (%s); check that folder and its rights."
            .formatted(spec.name(), doing, spec.path(), what),
        e);
  }

  private <T> T attempt(String doing, Attempt<T> call) {
    try {
      return call.run();
    } catch (IOException e) {
      throw failure(doing, e);
    }
  }

  private interface Attempt<T> {
    T run() throws IOException;
  }
}
