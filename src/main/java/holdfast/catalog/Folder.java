package holdfast.catalog;

import holdfast.plan.AssetId;
import holdfast.store.Key;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The folder of one point in a store. */
public record Folder(AssetId asset, String point) {

  private static final Pattern PATH =
      Pattern.compile("([^/]+)/([^/]+)/\\d{4}/\\d{2}/\\d{2}/(\\d{8}T\\d{9}-[2-9a-z]{6})/[^/]+");

  /** The folder that {@code key} lies in; absent when it is no object of a point. */
  static Optional<Folder> of(Key key) {
    Matcher path = PATH.matcher(key.path());
    if (!path.matches() || !AssetId.valid(path.group(1)) || !AssetId.valid(path.group(2))) {
      return Optional.empty();
    }
    Folder folder = new Folder(new AssetId(path.group(1), path.group(2)), path.group(3));
    return key.path().startsWith(folder.path()) ? Optional.of(folder) : Optional.empty();
  }

  /** With the slash at its end. */
  public String path() {
    return Layout.folder(asset, point).path() + "/";
  }

  /** The key of {@code name} in it. */
  Key child(String name) {
    return Layout.folder(asset, point).child(name);
  }
}
