package holdfast.alarm;

import holdfast.journal.Audit;
import holdfast.journal.Transaction;
import holdfast.plan.Check;
import holdfast.plan.Plans;
import holdfast.source.DatabaseLook;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of Holdfast's own probes. */
@Configuration(proxyBeanMethods = false)
class ProbesConfiguration {

  @Bean
  ProbePool probePool(DatabaseLook databases) {
    return new ProbePool(new ProbeLook(databases));
  }

  @Bean
  Probes probes(
      Plans plans,
      Transaction journal,
      Audit audit,
      ProbePool pool,
      InstantSource clock,
      @Value("${holdfast.alone:false}") boolean alone) {
    return new Probes(plans, journal, audit, pool, clock, alone);
  }

  @Bean
  Check probeCheck(ProbePool pool) {
    return new ProbeCheck(pool);
  }
}
