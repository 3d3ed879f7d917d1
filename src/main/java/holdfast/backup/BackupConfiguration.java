package holdfast.backup;

import holdfast.catalog.Adoption;
import holdfast.catalog.Catalog;
import holdfast.catalog.Copybook;
import holdfast.catalog.Inventory;
import holdfast.journal.Ids;
import holdfast.journal.Runs;
import holdfast.plan.Plans;
import holdfast.source.Sources;
import holdfast.store.Stores;
import holdfast.stream.KeyRing;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The backup room's beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BackupSettings.class)
class BackupConfiguration {

  @Bean
  Backup backup(
      Runs runs,
      Sources sources,
      Stores stores,
      KeyRing keys,
      InstantSource clock,
      BackupSettings settings) {
    return new Backup(runs, new Transfer(runs, sources, stores, keys, clock, settings));
  }

  @Bean
  Remains remains(
      Runs runs,
      Plans plans,
      Catalog catalog,
      Stores stores,
      Adoption adoption,
      Inventory inventory,
      InstantSource clock) {
    return new Remains(runs, plans, catalog, stores, adoption, inventory, clock);
  }

  @Bean
  Copier copier(
      Catalog catalog,
      Copybook copies,
      Stores stores,
      Runs runs,
      Ids ids,
      BackupSettings settings) {
    return new Copier(catalog, copies, stores, runs, ids, settings);
  }
}
