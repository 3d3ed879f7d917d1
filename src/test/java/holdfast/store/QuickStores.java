package holdfast.store;

import holdfast.plan.Home;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Buckets that are asked again soon and seldom, for tests in which they fail on purpose: a source
 * of beans for those who name it, and found by nobody else.
 */
public class QuickStores {

  @Bean
  @Primary
  static S3Settings quickSettings(Home home) {
    return new S3Settings(
        2, 32 * PartSizes.MIB, home.state().resolve("spool"), 3, Duration.ofMillis(5));
  }
}
