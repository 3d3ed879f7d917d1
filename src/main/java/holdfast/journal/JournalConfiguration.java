package holdfast.journal;

import holdfast.plan.Plans;
import java.time.InstantSource;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The journal on its database. Everything here waits for the migrations, which this room runs
 * itself, so that a plain context and a Spring Boot one behave alike.
 */
@Configuration(proxyBeanMethods = false)
public class JournalConfiguration {

  @Bean
  Flyway flyway(@Qualifier("journal") DataSource journal) {
    return migrated(journal);
  }

  /**
   * Brings the schema of {@code journal} up to date, wholly or not at all. Flyway notes what it did
   * on a second connection unless its lock belongs to the session: killed between the two commits,
   * a journal could never be opened again.
   */
  public static Flyway migrated(DataSource journal) {
    Flyway flyway =
        Flyway.configure()
            .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
            .dataSource(journal)
            .group(true)
            .cleanDisabled(true)
            .load();
    flyway.migrate();
    return flyway;
  }

  @Bean
  PlatformTransactionManager transactionManager(
      @Qualifier("journal") DataSource journal, Flyway migrated) {
    return new JdbcTransactionManager(journal);
  }

  @Bean
  TransactionTemplate transactionTemplate(PlatformTransactionManager transactionManager) {
    return new TransactionTemplate(transactionManager);
  }

  @Bean
  JdbcClient jdbcClient(@Qualifier("journal") DataSource journal, Flyway migrated) {
    return JdbcClient.create(journal);
  }

  @Bean
  Transaction journalTransaction(JdbcClient jdbcClient, TransactionTemplate transactionTemplate) {
    return new Transaction(jdbcClient, transactionTemplate);
  }

  @Bean
  Audit audit(Transaction transaction, InstantSource clock) {
    return new Audit(transaction, clock);
  }

  @Bean
  Life life(@Qualifier("journal") DataSource journal, Flyway migrated) {
    return new Life(journal);
  }

  @Bean
  Outbox outbox(Transaction transaction, Plans plans, InstantSource clock) {
    return new Outbox(transaction, clock, new Hearers(plans));
  }

  @Bean
  Outcomes outcomes(Transaction transaction, Audit audit, Life life, InstantSource clock) {
    return new Outcomes(transaction, audit, life, clock);
  }

  @Bean
  Runs runs(
      Transaction transaction,
      Audit audit,
      Outbox outbox,
      Plans plans,
      Life life,
      InstantSource clock) {
    return new Runs(transaction, audit, outbox, Audience.of(plans), life::number, clock);
  }

  /** Looks once at start; the routes let it look every minute. */
  @Bean(initMethod = "closeLapsed")
  Reconciler reconciler(Runs runs, Outcomes outcomes) {
    return new Reconciler(runs, outcomes);
  }

  @Bean
  Ids ids(InstantSource clock) {
    return new Ids(clock);
  }
}
