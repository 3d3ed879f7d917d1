package holdfast.alarm;

import holdfast.plan.Check;
import holdfast.plan.Finding;
import holdfast.plan.Plans;
import holdfast.plan.ProbeSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Whether every probe can look, and finds well what it looks at now; nothing is recorded. */
final class ProbeCheck implements Check {

  private final ProbePool pool;

  ProbeCheck(ProbePool pool) {
    this.pool = pool;
  }

  @Override
  public List<Finding> findings(Plans plans) {
    Map<ProbeSpec, CompletableFuture<ProbeResult>> looks = new LinkedHashMap<>();
    try {
      for (ProbeSpec probe : plans.probes()) {
        pool.await();
        looks.put(probe, pool.start(probe));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<Finding> findings = new ArrayList<>();
    looks.forEach((probe, look) -> add(probe, look.join(), findings));
    return findings;
  }

  private static void add(ProbeSpec probe, ProbeResult result, List<Finding> findings) {
    if (result.state() == ProbeState.COULD_NOT_PROBE) {
      findings.add(
          Finding.error(
              probe.origin(), "Probe %s cannot look.".formatted(probe.id()), result.reason()));
    } else if (result.state() == ProbeState.DOWN) {
      findings.add(
          Finding.warning(
              probe.origin(), "Probe %s fails now.".formatted(probe.id()), result.reason()));
    }
  }
}
