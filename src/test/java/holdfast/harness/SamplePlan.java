package holdfast.harness;

import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.Component;
import holdfast.plan.CopyRules;
import holdfast.plan.Duty;
import holdfast.plan.Home;
import holdfast.plan.Installation;
import holdfast.plan.JournalSpec;
import holdfast.plan.KeySpec;
import holdfast.plan.Lifecycle;
import holdfast.plan.Objectives;
import holdfast.plan.Origin;
import holdfast.plan.Pipeline;
import holdfast.plan.Plans;
import holdfast.plan.PostgresSpec;
import holdfast.plan.ProbeSpec;
import holdfast.plan.Retention;
import holdfast.plan.Schedule;
import holdfast.plan.ScratchSpec;
import holdfast.plan.SystemPlan;
import holdfast.plan.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** The roleferry system in Java: one database in two stores, nightly, RPO 24 h, RTO 2 h. */
public final class SamplePlan {

  public static final AssetId DATABASE = AssetId.parse("roleferry/database");

  private static final Origin ORIGIN = new Origin(Path.of("systems/roleferry.yml"), 1);

  private SamplePlan() {}

  /** The asset. */
  public static Asset asset() {
    return new Asset(
        DATABASE,
        "database",
        new PostgresSpec("prod", "roleferry", PostgresSpec.Content.FULL, List.of()),
        new Pipeline(Pipeline.Compression.ZSTD, 3, List.of("operations", "escrow")),
        List.of(new Schedule("nightly", "0 2 * * *", ZoneOffset.UTC, true, ORIGIN)),
        List.of("primary", "second"),
        new CopyRules(2),
        new Verification(true, Duration.ofMinutes(5), 10_000, List.of()),
        new Retention(Duration.ofDays(730), 7),
        new Lifecycle(null, "GLACIER", null, Duration.ofDays(7)),
        List.of("slack", "email"),
        ORIGIN);
  }

  /** A plan of {@code assets}, all of the system roleferry. */
  public static Plans plans(Asset... assets) {
    return plans(List.of(assets), List.of());
  }

  /** A plan of the asset and of {@code probes}, all of the system roleferry. */
  public static Plans probing(ProbeSpec... probes) {
    return plans(List.of(asset()), List.of(probes));
  }

  private static Plans plans(List<Asset> assets, List<ProbeSpec> probes) {
    Objectives objectives =
        new Objectives(Duration.ofHours(2), Duration.ofHours(24), Duration.ofHours(1), 0.999);
    Component database =
        new Component("database", "PostgreSQL", Component.Priority.P0, objectives, ORIGIN);
    SystemPlan system =
        new SystemPlan(
            "roleferry",
            "Job search",
            "1",
            "DevOps Lead",
            null,
            null,
            List.of(database),
            assets,
            probes,
            List.of(),
            List.of(),
            List.of(),
            Duty.NONE,
            List.of(),
            ORIGIN);
    Installation installation =
        new Installation(
            Map.of(),
            Map.of(),
            new KeySpec(Map.of(), null, null, null, null, ORIGIN),
            Map.of(),
            Map.of(),
            new JournalSpec(null, null, null),
            new ScratchSpec(null),
            List.of(),
            null,
            List.of());
    return new Plans(new Home(Path.of(".")), installation, List.of(system));
  }
}
