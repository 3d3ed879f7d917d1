package holdfast.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  @ParameterizedTest
  @CsvSource({"0,0", "4,0", "5,30", "6,60", "9,480", "10,900", "1000,900", "2147483647,900"})
  void the_wait_doubles_from_the_fifth_attempt_and_is_bounded(int attempts, long seconds) {
    assertThat(Backoff.ACCOUNT.after(attempts)).isEqualTo(Duration.ofSeconds(seconds));
  }
}
