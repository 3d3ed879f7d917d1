package holdfast.store;

import holdfast.harness.ShiftedClock;
import holdfast.plan.Home;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * Buckets that are asked again soon and seldom, and a clock that can be moved by the file {@code
 * clock} of the home, for tests in which stores fail on purpose.
 */
@Configuration(proxyBeanMethods = false)
public class QuickStores {

  @Bean
  @Primary
  static S3Settings quickSettings(Home home) {
    return new S3Settings(
        2, 32 * PartSizes.MIB, home.state().resolve("spool"), 3, Duration.ofMillis(5));
  }

  @Bean
  @Primary
  static InstantSource shiftedClock(Home home) {
    return ShiftedClock.of(home.folder().resolve("clock"));
  }
}
