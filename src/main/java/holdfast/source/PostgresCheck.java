package holdfast.source;

import holdfast.journal.RunException;
import holdfast.plan.Asset;
import holdfast.plan.Check;
import holdfast.plan.Finding;
import holdfast.plan.Plans;
import holdfast.process.PostgresTools;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether PostgreSQL's programs are fit and every asset can be dumped now. */
final class PostgresCheck implements Check {

  private final Sources sources;
  private final PostgresTools programs;

  PostgresCheck(Sources sources, PostgresTools programs) {
    this.sources = sources;
    this.programs = programs;
  }

  @Override
  public List<Finding> findings(Plans plans) {
    List<Finding> findings = new ArrayList<>();
    Stream.of("pg_dump", "pg_restore").forEach(name -> program(name, findings));
    Stream.of("initdb", "postgres").forEach(name -> present(name, findings));
    for (Asset asset : plans.assets()) {
      try {
        sources.of(asset).probe();
      } catch (RunException e) {
        findings.add(
            Finding.error(
                asset.origin(),
                "%s cannot be dumped.".formatted(asset.id()),
                String.valueOf(e.getMessage())));
      }
    }
    return findings;
  }

  private void program(String name, List<Finding> findings) {
    try {
      ClientFloor.warning(name, programs.version(name))
          .ifPresent(text -> findings.add(finding(Finding.Level.WARNING, text)));
    } catch (RunException e) {
      findings.add(finding(Finding.Level.ERROR, String.valueOf(e.getMessage())));
    }
  }

  private void present(String name, List<Finding> findings) {
    try {
      programs.program(name);
    } catch (RunException e) {
      findings.add(finding(Finding.Level.WARNING, e.getMessage() + " Proofs need it."));
    }
  }

  /** Cut after the colon: what is wrong, then how to mend it. */
  private static Finding finding(Finding.Level level, String sentence) {
    int colon = sentence.indexOf(": ");
    return new Finding(
        level,
        null,
        0,
        colon < 0 ? sentence : sentence.substring(0, colon) + ".",
        colon < 0
            ? ""
            : Character.toUpperCase(sentence.charAt(colon + 2)) + sentence.substring(colon + 3));
  }
}
