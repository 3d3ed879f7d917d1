package holdfast.plan;

import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires what was declared. */
@Configuration(proxyBeanMethods = false)
class PlanConfiguration {

  @Bean
  InstantSource clock() {
    return Clock.systemUTC();
  }

  /** {@code holdfast.home} or, by Spring's own rules, {@code HOLDFAST_HOME}. */
  @Bean
  Home home(Environment environment) {
    return new Home(
        Path.of(environment.getProperty("holdfast.home", "")).toAbsolutePath().normalize());
  }

  @Bean
  PlanLoader.Loaded loadedPlan(Home home) {
    return new PlanLoader(home).load();
  }

  @Bean
  Plans plans(PlanLoader.Loaded loaded) {
    return loaded.plans().orElseThrow(() -> new InvalidPlanException(loaded.findings()));
  }

  @Bean
  PlanDrift planDrift(Home home, PlanLoader.Loaded loaded) {
    return new PlanDrift(home, loaded);
  }

  @Bean
  Installation installation(Plans plans) {
    return plans.installation();
  }

  @Bean
  KeySpec keySpec(Installation installation) {
    return installation.keys();
  }

  @Bean
  Check reviewCheck(InstantSource clock) {
    return new ReviewCheck(clock);
  }

  @Bean
  Checks checks(List<Check> checks) {
    return new Checks(checks);
  }

  @Bean
  SecretSource environmentSecrets() {
    return new EnvSecrets(System::getenv);
  }

  @Bean
  SecretSource fileSecrets(Home home) {
    return new FileSecrets(home);
  }

  @Bean
  Secrets secrets(List<SecretSource> sources) {
    return new Secrets(sources);
  }
}
