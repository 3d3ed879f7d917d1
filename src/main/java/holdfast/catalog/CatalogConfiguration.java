package holdfast.catalog;

import holdfast.journal.Audit;
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

  @Bean
  Copybook copybook(Transaction journal, Audit audit, InstantSource clock) {
    return new Copybook(journal, audit, clock);
  }

  @Bean
  Adoption adoption(
      Transaction journal, Audit audit, Runs runs, Stores stores, KeyRing keys, Copybook copies) {
    return new Adoption(journal, audit, runs, stores, keys, copies);
  }

  @Bean
  Inventory inventory(Transaction journal, Stores stores, Adoption adoption, InstantSource clock) {
    return new Inventory(journal, stores, adoption, clock);
  }
}
