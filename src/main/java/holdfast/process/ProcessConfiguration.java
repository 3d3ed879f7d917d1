package holdfast.process;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The process room's beans. */
@Configuration(proxyBeanMethods = false)
class ProcessConfiguration {

  @Bean
  Processes processes() {
    return new Processes();
  }

  @Bean
  PostgresTools postgresTools(Processes processes) {
    return PostgresTools.find(processes);
  }
}
