package holdfast.custody;

import holdfast.catalog.Catalog;
import holdfast.journal.Audit;
import holdfast.journal.Ids;
import holdfast.journal.Transaction;
import holdfast.plan.Plans;
import holdfast.store.Stores;
import holdfast.stream.KeyRing;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this room. */
@Configuration(proxyBeanMethods = false)
class CustodyConfiguration {

  @Bean
  KeyDrills keyDrills(
      Transaction journal,
      Audit audit,
      Plans plans,
      Catalog catalog,
      Stores stores,
      KeyRing keys,
      Ids ids,
      InstantSource clock) {
    return new KeyDrills(journal, audit, plans, catalog, stores, keys, ids, clock);
  }

  @Bean
  AuditCopies auditCopies(
      Transaction journal,
      Audit audit,
      Plans plans,
      Stores stores,
      KeyRing keys,
      InstantSource clock) {
    return new AuditCopies(journal, audit, plans, stores, keys, clock);
  }

  @Bean
  RecoveryKit recoveryKit(Plans plans, Catalog catalog, KeyRing keys, InstantSource clock) {
    return new RecoveryKit(plans, catalog, keys, clock);
  }

  @Bean
  DrillCheck drillCheck(KeyDrills drills, InstantSource clock) {
    return new DrillCheck(drills, clock);
  }
}
