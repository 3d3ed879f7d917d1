package holdfast.store;

import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.CopyRules;
import holdfast.plan.Duty;
import holdfast.plan.Home;
import holdfast.plan.Installation;
import holdfast.plan.JournalSpec;
import holdfast.plan.KeySpec;
import holdfast.plan.Lifecycle;
import holdfast.plan.Origin;
import holdfast.plan.Pipeline;
import holdfast.plan.Plans;
import holdfast.plan.PostgresSpec;
import holdfast.plan.Retention;
import holdfast.plan.ScratchSpec;
import holdfast.plan.StoreSpec;
import holdfast.plan.SystemPlan;
import holdfast.plan.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A plan with one asset in one store. */
final class PlansOfTests {

  private static final Origin ORIGIN = new Origin(Path.of("application.yml"), 7);

  private PlansOfTests() {}

  static Asset asset(String store) {
    return new Asset(
        AssetId.parse("roleferry/database"),
        "database",
        new PostgresSpec("main", "roleferry", PostgresSpec.Content.FULL, List.of()),
        new Pipeline(Pipeline.Compression.ZSTD, 3, List.of("operations")),
        List.of(),
        List.of(store),
        new CopyRules(1),
        new Verification(false, Duration.ofMinutes(1), 0, List.of()),
        new Retention(Duration.ofDays(730), null),
        new Lifecycle(Duration.ofDays(90), "GLACIER", Duration.ofDays(730), Duration.ofDays(7)),
        List.of(),
        ORIGIN);
  }

  static Plans plans(StoreSpec store) {
    Installation installation =
        new Installation(
            Map.of(store.name(), store),
            Map.of(),
            new KeySpec(Map.of(), null, null, null, null, ORIGIN),
            Map.of(),
            Map.of(),
            new JournalSpec(null, null, null),
            new ScratchSpec(null),
            List.of(),
            null,
            List.of());
    SystemPlan system =
        new SystemPlan(
            "roleferry",
            "",
            "1",
            "me",
            null,
            null,
            List.of(),
            List.of(asset(store.name())),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Duty.NONE,
            List.of(),
            ORIGIN);
    return new Plans(new Home(Path.of(".")), installation, List.of(system));
  }
}
