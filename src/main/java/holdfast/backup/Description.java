package holdfast.backup;

import holdfast.catalog.Manifest;
import holdfast.journal.Run;
import holdfast.plan.Asset;
import holdfast.source.Source;
import holdfast.stream.KeyRing;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Puts the manifest of a finished transfer together. */
final class Description {

  private static final String METHOD =
      "dump: lines of each table's COPY block as they passed; snapshot: count(*) in the dump's own snapshot";

  private Description() {}

  static Manifest of(
      Asset asset,
      Run run,
      Source.Facts facts,
      Source.Evidence dumped,
      Line line,
      String data,
      KeyRing keys,
      Instant at,
      Instant ended) {
    List<String> recipients = asset.pipeline().recipients();
    return new Manifest(
        Manifest.SCHEMA,
        run.id(),
        asset.id().toString(),
        List.of(),
        at,
        ended,
        run.token(),
        data,
        dumped.format(),
        facts.details(),
        new Manifest.Rows(METHOD, dumped.rows(), dumped.snapshotRows()),
        asset.pipeline(),
        line.plain(),
        line.sealed(),
        new Manifest.Keys(keys.fingerprints(recipients), keys.signer()),
        Map.of(
            "holdfast", version(), "pg_dump", facts.details().getOrDefault("clientVersion", "?")));
  }

  private static String version() {
    String version = Description.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
