package holdfast.custody;

import holdfast.catalog.Catalog;
import holdfast.catalog.Layout;
import holdfast.catalog.Manifest;
import holdfast.catalog.Point;
import holdfast.journal.RunException;
import holdfast.plan.Asset;
import holdfast.plan.KeySpec;
import holdfast.plan.Pipeline;
import holdfast.plan.Plans;
import holdfast.plan.StoreSpec;
import holdfast.restore.Retrieval;
import holdfast.stream.KeyRing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * What must be on paper for the day on which nothing of ours is left: where the points are, which
 * keys open them and who has those, and the commands that bring each back with stock programs. It
 * holds no secret.
 */
public final class RecoveryKit {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String BLANK = "_".repeat(32);

  private final Plans plans;
  private final Catalog catalog;
  private final KeyRing keys;
  private final InstantSource clock;

  RecoveryKit(Plans plans, Catalog catalog, KeyRing keys, InstantSource clock) {
    this.plans = plans;
    this.catalog = catalog;
    this.keys = keys;
    this.clock = clock;
  }

  /** The kit as plain text; what is to be typed stands behind four spaces. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        HOLDFAST RECOVERY KIT

        Made at %s. There is no secret in it. Print it, write down who keeps the secret keys,
        and keep it where neither this host nor its backups are.

        1. You need a machine with gpg, zstd, PostgreSQL's client programs of the server's version
           or newer and, for buckets, the AWS command line; and a PostgreSQL server to restore to.
           Tell the programs how to reach both: PGHOST, PGUSER, AWS_ACCESS_KEY_ID and so on.

        2. The keys. One of the secret keys is enough; the passphrase belongs to it.

        """
            .formatted(time(clock.instant())));
    keyLines(text);
    text.append("\n3. The stores\n\n");
    plans.installation().stores().values().forEach(store -> text.append(line(store)));
    int number = 4;
    for (Asset asset : plans.assets()) {
      text.append("\n%d. %s\n\n".formatted(number++, asset.id()));
      text.append(catalog.latest(asset.id()).map(point -> readable(asset, point)).orElse(NONE));
    }
    return text.toString();
  }

  private static final String NONE = "   There was no point of it when this was made.\n";

  private void keyLines(StringBuilder text) {
    KeySpec spec = plans.installation().keys();
    spec.recipients()
        .forEach(
            (name, file) ->
                text.append(
                    "   %s, fingerprint %s\n   secret key kept by %s\n   passphrase kept by %s\n    gpg --import %s\n\n"
                        .formatted(name, fingerprint(name), BLANK, BLANK, secret(file))));
    Path signing = spec.signing();
    if (signing != null) {
      text.append(
          "   Manifests are signed by %s, public key in %s.\n"
              .formatted(signer(), shared(signing)));
    }
  }

  private String fingerprint(String name) {
    try {
      return keys.fingerprints(List.of(name)).get(0);
    } catch (RunException e) {
      return "not known: " + e.getMessage();
    }
  }

  private String signer() {
    try {
      return keys.signer();
    } catch (RunException e) {
      return "a key that cannot be read now";
    }
  }

  /** Named as it was made. */
  private static String secret(Path shared) {
    return shared.getFileName().toString().replace(".public.asc", ".secret.asc");
  }

  /** The public half lies beside the secret one, as it was made. */
  private static String shared(Path secret) {
    return secret.getFileName().toString().replace(".secret.asc", ".public.asc");
  }

  private static String line(StoreSpec store) {
    if (store instanceof StoreSpec.S3 bucket) {
      return "   %s: bucket %s, prefix %s, region %s%s\n"
          .formatted(
              store.name(),
              bucket.bucket(),
              bucket.prefix().isEmpty() ? "none" : bucket.prefix(),
              bucket.access().region(),
              bucket.access().endpoint() == null ? "" : ", at " + bucket.access().endpoint());
    }
    StoreSpec.Directory folder = (StoreSpec.Directory) store;
    return "   %s: folder %s\n".formatted(store.name(), folder.path());
  }

  private String readable(Asset asset, Point point) {
    try {
      return chapter(asset, point);
    } catch (RunException e) {
      return "   %s\n".formatted(e.getMessage());
    }
  }

  private String chapter(Asset asset, Point point) {
    Manifest manifest =
        Manifest.parse(point.manifest().getBytes(StandardCharsets.UTF_8), point.id());
    StringBuilder text = new StringBuilder();
    text.append(
        "   The newest point when this was made: %s, data of %s, %d bytes,\n   sealed to %s.\n"
            .formatted(
                point.id(),
                time(point.at()),
                point.sealedBytes(),
                String.join(", ", manifest.keys().recipients())));
    for (Point.Copy copy : Retrieval.usable(point)) {
      StoreSpec store = plans.installation().stores().get(copy.store());
      if (store != null) {
        text.append("\n   From %s, in an empty folder:\n\n".formatted(copy.store()));
        fetch(new Shelf(store), copy.key(), text);
        bringBack(asset, point, manifest, text);
      }
    }
    return text.toString();
  }

  private void fetch(Shelf shelf, String key, StringBuilder text) {
    String folder = key.substring(0, key.lastIndexOf('/') + 1);
    String asset = key.substring(0, key.indexOf('/', key.indexOf('/') + 1) + 1);
    text.append("   Newer points, if there are any:\n\n").append(typed(shelf.list(asset)));
    text.append("\n   Then:\n\n");
    for (String name :
        List.of(
            Layout.MANIFEST,
            Layout.signature(Layout.MANIFEST),
            key.substring(key.lastIndexOf('/') + 1))) {
      text.append(typed(shelf.fetch(folder + name, name)));
    }
  }

  /** How one store is read with stock programs. */
  private record Shelf(StoreSpec store) {

    String fetch(String key, String name) {
      return store instanceof StoreSpec.S3 bucket
          ? "aws s3 cp '%s' %s%s".formatted(address(bucket, key), name, place(bucket))
          : "cp '%s' %s".formatted(path(key), name);
    }

    String list(String prefix) {
      return store instanceof StoreSpec.S3 bucket
          ? "aws s3 ls --recursive '%s'%s".formatted(address(bucket, prefix), place(bucket))
          : "find '%s' -name manifest.json".formatted(path(prefix));
    }

    private String path(String key) {
      return ((StoreSpec.Directory) store).path().resolve(key).toString();
    }

    private static String address(StoreSpec.S3 bucket, String key) {
      String prefix = bucket.prefix().isEmpty() ? "" : bucket.prefix() + "/";
      return "s3://%s/%s%s".formatted(bucket.bucket(), prefix, key);
    }

    private static String place(StoreSpec.S3 bucket) {
      return " --region %s%s"
          .formatted(
              bucket.access().region(),
              bucket.access().endpoint() == null
                  ? ""
                  : " --endpoint-url " + bucket.access().endpoint());
    }
  }

  private void bringBack(Asset asset, Point point, Manifest manifest, StringBuilder text) {
    Path signing = plans.installation().keys().signing();
    String database = asset.source().database() + "_restored";
    String data = manifest.data();
    if (signing != null) {
      text.append(typed("gpg --import %s".formatted(shared(signing))));
      text.append(typed("gpg --verify manifest.json.asc manifest.json"));
    }
    text.append(typed("echo '%s  %s' | sha256sum --check".formatted(point.sealedSha256(), data)));
    text.append(typed("createdb '%s'".formatted(database)));
    for (String schema : manifest.schemasToMake()) {
      text.append(typed("psql -d '%s' -c 'CREATE SCHEMA \"%s\"'".formatted(database, schema)));
    }
    String expand =
        manifest.pipeline().compression() == Pipeline.Compression.GZIP ? "gzip -d" : "zstd -d";
    text.append(typed("set -o pipefail"));
    text.append(
        typed(
            "gpg --decrypt %s | %s | pg_restore --no-owner --no-privileges --exit-on-error -d '%s'"
                .formatted(data, expand, database)));
  }

  private static String typed(String command) {
    return "    " + command + "\n";
  }

  private static String time(Instant moment) {
    return TIME.format(moment);
  }
}
