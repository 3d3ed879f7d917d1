package holdfast.process;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The process room's beans. */
@Configuration(proxyBeanMethods = false)
class ProcessConfiguration {

  @Bean
  Processes processes() {
    return new Processes();
  }

  /** {@code holdfast.programs} names another folder than the newest installation's. */
  @Bean
  PostgresTools postgresTools(
      Processes processes, @Value("${holdfast.programs:}") String programs) {
    return programs.isEmpty()
        ? PostgresTools.find(processes)
        : new PostgresTools(Path.of(programs), processes);
  }
}
