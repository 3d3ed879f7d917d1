package holdfast.catalog;

import holdfast.journal.Runs;
import holdfast.journal.Transaction;
import holdfast.plan.Plans;
import holdfast.store.Stores;
import holdfast.stream.KeyRing;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this room. */
@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {

  @Bean
  Catalog catalog(
      Transaction journal,
      Runs runs,
      Plans plans,
      KeyRing keys,
      Stores stores,
      InstantSource clock) {
    return new Catalog(journal, runs, plans, new Eyes(keys, stores), clock);
  }
}
