package holdfast.stream;

import holdfast.plan.Installation;
import holdfast.plan.Secrets;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this room. */
@Configuration(proxyBeanMethods = false)
class StreamConfiguration {

  @Bean
  KeyRing keyRing(Installation installation, Secrets secrets, InstantSource clock) {
    return new KeyRing(installation.keys(), secrets, clock);
  }

  @Bean
  KeyCheck keyCheck(Secrets secrets, InstantSource clock) {
    return new KeyCheck(secrets, clock);
  }
}
