package holdfast;

import holdfast.journal.Reconciler;
import holdfast.plan.Checks;
import holdfast.plan.Home;
import holdfast.plan.Installation;
import holdfast.plan.PlanLoader;
import holdfast.plan.Secrets;
import holdfast.verify.Leftovers;
import javax.sql.DataSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.jdbc.DataSourceHealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Wires the ground that every room stands on. */
@Configuration(proxyBeanMethods = false)
class HouseConfiguration {

  @Bean
  JournalServer journalServer(Home home, Installation installation, Secrets secrets) {
    return new JournalServer(home, installation.journal(), secrets);
  }

  /** Before any route runs: what died with another process is closed and swept. */
  @Bean
  SmartInitializingSingleton clearing(Reconciler reconciler, Leftovers leftovers) {
    return () -> {
      reconciler.closeLapsed();
      leftovers.remove();
    };
  }

  /**
   * Not where this process only runs one command, which says itself what is wrong; and not the
   * routes, which were examined when they were loaded, and whose whole check takes memory for good.
   */
  @Bean
  @ConditionalOnProperty(name = "holdfast.alone", havingValue = "false", matchIfMissing = true)
  FirstLook firstLook(Checks checks, PlanLoader.Loaded loaded) {
    return new FirstLook(checks.without("camel"), loaded);
  }

  /** Of the journal alone: the scratch server answers only while a proof uses it. */
  @Bean
  HealthIndicator dbHealthIndicator(DataSource journal) {
    return new DataSourceHealthIndicator(journal);
  }

  /** Closed by its server, after everything that uses it. */
  @Bean(destroyMethod = "")
  @Primary
  DataSource journal(JournalServer server) {
    return server.connections();
  }
}
