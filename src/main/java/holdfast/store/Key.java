package holdfast.store;

import java.util.regex.Pattern;

/**
 * An object's name within a store, below the store's prefix; parts of letters, digits, {@code . _
 * -} joined by slashes.
 */
public record Key(String path) {

  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

  public Key {
    if (!valid(path)) {
      throw new IllegalArgumentException(
          "'" + path + "' is not a key: use letters, digits and . _ - between slashes");
    }
  }

  /** Whether {@code path} is a key. */
  static boolean valid(String path) {
    return path.length() <= 900 && PATH.matcher(path).matches();
  }

  public Key child(String name) {
    return new Key(path + "/" + name);
  }

  @Override
  public String toString() {
    return path;
  }
}
