package holdfast.store;

import holdfast.plan.Home;
import holdfast.plan.Installation;
import holdfast.plan.Secrets;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this room. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

  @Bean
  S3Settings s3Settings(Home home) {
    return S3Settings.standard(home.state().resolve("spool"));
  }

  @Bean
  S3Clients s3Clients(Secrets secrets, S3Settings settings) {
    return new S3Clients(secrets, settings);
  }

  @Bean
  Stores stores(
      Installation installation, S3Clients clients, S3Settings settings, InstantSource clock) {
    return new OpenStores(installation.stores(), clients, settings, clock);
  }

  @Bean
  Buckets buckets(S3Clients clients, InstantSource clock) {
    return new Buckets(clients, clock);
  }

  @Bean
  StoreCheck storeCheck(Secrets secrets, S3Settings settings, InstantSource clock) {
    return new StoreCheck(secrets, settings, clock);
  }
}
