package holdfast.restore;

import holdfast.catalog.Catalog;
import holdfast.journal.Audience;
import holdfast.journal.Runs;
import holdfast.plan.Plans;
import holdfast.source.Servers;
import holdfast.source.Sources;
import holdfast.store.Stores;
import holdfast.stream.KeyRing;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The restore room's beans. */
@Configuration(proxyBeanMethods = false)
class RestoreConfiguration {

  @Bean
  Retrieval retrieval(Stores stores, KeyRing keys, Sources sources, Catalog catalog) {
    return new Retrieval(stores, keys, sources, catalog::signature);
  }

  @Bean
  Restore restore(
      Runs runs, Retrieval retrieval, Plans plans, Servers servers, InstantSource clock) {
    return new Restore(runs, retrieval, plans.installation(), servers, Audience.of(plans), clock);
  }
}
