package holdfast.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The name of one protected thing, written {@code system/asset}. */
public record AssetId(String system, String asset) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  public AssetId {
    if (!valid(system) || !valid(asset)) {
      throw new IllegalArgumentException(
          "'%s/%s' is not a SYSTEM/ASSET name: use lower-case letters, digits and dashes, such as roleferry/database"
              .formatted(system, asset));
    }
  }

  /** Whether {@code name} can be that of a system, or of an asset. */
  public static boolean valid(String name) {
    return NAME.matcher(name).matches();
  }

  /** Reads {@code system/asset}. */
  @JsonCreator
  public static AssetId parse(String text) {
    int slash = text.indexOf('/');
    return new AssetId(text.substring(0, Math.max(slash, 0)), text.substring(slash + 1));
  }

  @Override
  @JsonValue
  public String toString() {
    return system + "/" + asset;
  }
}
