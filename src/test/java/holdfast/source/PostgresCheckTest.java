package holdfast.source;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.Postgres;
import holdfast.plan.Asset;
import holdfast.plan.ConnectionSpec;
import holdfast.plan.Duty;
import holdfast.plan.Finding;
import holdfast.plan.Home;
import holdfast.plan.Plans;
import holdfast.plan.PostgresSpec.Content;
import holdfast.plan.SystemPlan;
import holdfast.process.PostgresTools;
import holdfast.process.Processes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresCheckTest {

  private static final PostgresTools REAL = PostgresTools.find(new Processes());

  private static List<Finding> findings(
      ConnectionSpec server, PostgresTools programs, Asset asset) {
    Sources sources = Sample.sources(server, programs, SourceSettings.DEFAULT);
    SystemPlan system =
        new SystemPlan(
            "roleferry",
            "",
            "1",
            "",
            null,
            null,
            List.of(),
            List.of(asset),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Duty.NONE,
            List.of(),
            Sample.ORIGIN);
    Plans plans = new Plans(new Home(Path.of(".")), Sample.installation(server), List.of(system));
    return new PostgresCheck(sources, programs).findings(plans);
  }

  @Test
  void an_asset_that_can_be_dumped_is_no_finding() {
    String database = Postgres.database("fit", "CREATE TABLE t()");
    assertThat(findings(Sample.server(), REAL, Sample.asset(database, Content.FULL)))
        .noneMatch(finding -> finding.level() == Finding.Level.ERROR);
  }

  @Test
  void an_asset_that_cannot_is_told_at_its_line() {
    assertThat(findings(Sample.server(), REAL, Sample.asset("nowhere", Content.FULL)))
        .anySatisfy(
            finding ->
                assertThat(finding.toString())
                    .startsWith(
                        "systems/roleferry.yml:19: roleferry/database cannot be dumped. There is no database nowhere on "));
  }

  @Test
  void missing_programs_are_told_one_by_one(@TempDir Path empty) {
    PostgresTools none = new PostgresTools(empty, new Processes());
    assertThat(findings(Sample.server(), none, Sample.asset("d", Content.FULL)))
        .extracting(Finding::toString)
        .anyMatch(text -> text.startsWith("The program pg_dump is not in"))
        .anyMatch(text -> text.startsWith("The program pg_restore is not in"))
        .anyMatch(text -> text.startsWith("warning: The program initdb is not in"));
  }
}
