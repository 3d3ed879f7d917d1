package holdfast.verify;

import holdfast.catalog.Catalog;
import holdfast.catalog.Copybook;
import holdfast.journal.Runs;
import holdfast.plan.Installation;
import holdfast.plan.Plans;
import holdfast.restore.Retrieval;
import holdfast.source.Servers;
import holdfast.store.Stores;
import holdfast.stream.KeyRing;
import java.nio.file.Files;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The verify room's beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({VerifySettings.class, SweepSettings.class})
class VerifyConfiguration {

  @Bean(defaultCandidate = false)
  ScratchDataSource scratch() {
    return new ScratchDataSource();
  }

  @Bean
  Verify verify(
      Runs runs,
      Catalog catalog,
      KeyRing keys,
      Plans plans,
      Retrieval retrieval,
      Servers servers,
      Stores stores,
      VerifySettings settings,
      @Qualifier("scratch") ScratchDataSource copy,
      InstantSource clock) {
    Preparation preparation =
        new Preparation(
            plans,
            retrieval,
            servers,
            folder -> Files.getFileStore(folder).getUsableSpace(),
            settings);
    Gate gate = new Gate(runs, catalog, copy, new Records(stores, keys), clock);
    return new Verify(runs, gate, keys, preparation, copy, clock);
  }

  @Bean
  Leftovers leftovers(Plans plans, Runs runs, Servers servers) {
    return new Leftovers(plans, runs, servers);
  }

  @Bean
  Sweep sweep(
      Installation installation,
      Catalog catalog,
      Copybook copies,
      Stores stores,
      SweepSettings settings,
      InstantSource clock) {
    return new Sweep(installation, catalog, copies, stores, settings, clock);
  }
}
