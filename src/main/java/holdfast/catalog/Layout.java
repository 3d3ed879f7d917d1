package holdfast.catalog;

import holdfast.plan.AssetId;
import holdfast.plan.Pipeline;
import holdfast.store.Key;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Where in a store the objects of a point are. */
public final class Layout {

  public static final String MANIFEST = "manifest.json";

  /** Says that retention removed the point, so that nobody takes it up again. */
  public static final String TOMBSTONE = "tombstone.json";

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Layout() {}

  /** {@code system/asset/yyyy/MM/dd/point}; the day is the one in the point's id. */
  public static Key folder(AssetId asset, String point) {
    return new Key(
        "%s/%s/%s/%s/%s"
            .formatted(
                asset, point.substring(0, 4), point.substring(4, 6), point.substring(6, 8), point));
  }

  /** Name of the data object, such as {@code data.dump.zst.gpg}. */
  public static String data(String extension, Pipeline.Compression compression) {
    return "data." + extension + "." + compression.extension() + ".gpg";
  }

  /** Name of a proof made at {@code at}. */
  public static String proof(Instant at) {
    return "proof-" + MOMENT.format(at) + "Z.json";
  }

  /** Whether {@code name} is that of a proof. */
  static boolean isProof(String name) {
    return name.startsWith("proof-") && name.endsWith("Z.json");
  }

  /** Name of the detached signature over {@code name}. */
  public static String signature(String name) {
    return name + ".asc";
  }

  /** The key of {@code name} in the folder that holds {@code key}. */
  public static Key beside(Key key, String name) {
    return new Key(key.path().substring(0, key.path().lastIndexOf('/') + 1) + name);
  }
}
