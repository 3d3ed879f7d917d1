package holdfast;

import holdfast.plan.Home;
import holdfast.plan.Installation;
import holdfast.plan.Secrets;
import javax.sql.DataSource;
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

  /** Closed by its server, after everything that uses it. */
  @Bean(destroyMethod = "")
  @Primary
  DataSource journal(JournalServer server) {
    return server.connections();
  }
}
