package holdfast.retention;

import holdfast.catalog.Catalog;
import holdfast.journal.Audit;
import holdfast.journal.Ids;
import holdfast.journal.Transaction;
import holdfast.plan.Plans;
import holdfast.store.Stores;
import holdfast.stream.KeyRing;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this room. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionSettings.class)
class RetentionConfiguration {

  @Bean
  ClockSense clockSense(
      Transaction journal,
      Audit audit,
      Catalog catalog,
      Plans plans,
      Stores stores,
      InstantSource clock) {
    BucketTime witness = new BucketTime(catalog, plans.installation(), stores);
    return new ClockSense(journal, audit, witness, clock);
  }

  @Bean
  Notes notes(Stores stores, KeyRing keys) {
    return new Notes(stores, keys);
  }

  @Bean
  Expiring expiring(
      Transaction journal,
      Audit audit,
      Catalog catalog,
      Stores stores,
      Notes notes,
      Ids ids,
      InstantSource clock) {
    return new Expiring(journal, audit, catalog, stores, notes, ids, clock);
  }

  @Bean
  Publishing publishing(Transaction journal, Catalog catalog, Notes notes) {
    return new Publishing(journal, catalog, notes);
  }

  @Bean
  Recall recall(Transaction journal, Audit audit, Catalog catalog, Notes notes) {
    return new Recall(journal, audit, catalog, notes);
  }

  @Bean
  Retentions retentions(
      Plans plans,
      Transaction journal,
      Audit audit,
      Stores stores,
      Expiring expiring,
      Publishing publishing,
      Recall recall,
      ClockSense sense,
      InstantSource clock) {
    return new Retentions(
        plans, journal, audit, stores, expiring, publishing, recall, sense, clock);
  }

  @Bean
  Holds holds(
      Transaction journal,
      Audit audit,
      Ids ids,
      Expiring expiring,
      Publishing publishing,
      InstantSource clock) {
    return new Holds(journal, audit, ids, expiring, publishing, clock);
  }

  @Bean
  DailyPass dailyPass(
      RetentionSettings settings, Retentions retentions, Transaction journal, InstantSource clock) {
    return new DailyPass(settings, retentions, journal, clock);
  }
}
