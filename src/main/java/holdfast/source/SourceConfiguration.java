package holdfast.source;

import holdfast.plan.Check;
import holdfast.plan.Installation;
import holdfast.plan.Secrets;
import holdfast.process.PostgresTools;
import holdfast.process.Processes;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The source room's beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SourceSettings.class)
class SourceConfiguration {

  @Bean
  Servers servers(Secrets secrets) {
    return new PostgresServers(secrets);
  }

  @Bean
  Sources sources(
      Installation installation,
      Servers servers,
      Processes processes,
      PostgresTools programs,
      SourceSettings settings) {
    return new PostgresSources(
        installation, new PostgresSource.Tools(servers, processes, programs, settings));
  }

  @Bean
  DatabaseLook databaseLook(Installation installation, Servers servers) {
    return new DatabaseLook(installation.connections(), servers);
  }

  @Bean
  Check postgresCheck(Sources sources, PostgresTools programs) {
    return new PostgresCheck(sources, programs);
  }
}
