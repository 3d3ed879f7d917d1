package holdfast.store;

import static holdfast.store.FaultyS3.refuse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.journal.RunException;
import holdfast.store.FaultyS3.Op;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a bucket says of its locks; Adobe S3Mock keeps them and does not say so. */
class S3LockTest extends FaultyStore {

  private void answer(Map<String, String> headers) {
    s3.honest.objects.put(PATH, new SmallS3.Thing(new byte[3], headers, ""));
  }

  @Test
  void the_day_until_which_an_object_is_locked_is_seen() {
    answer(
        Map.of(
            "x-amz-object-lock-mode", "COMPLIANCE",
            "x-amz-object-lock-retain-until-date", "2097-01-31T00:00:00Z"));
    assertThat(store.lockedUntil(KEY)).contains(Instant.parse("2097-01-31T00:00:00Z"));
  }

  @Test
  void a_legal_hold_has_no_end_whatever_else_is_locked() {
    answer(
        Map.of(
            "x-amz-object-lock-legal-hold", "ON",
            "x-amz-object-lock-retain-until-date", "2027-01-31T00:00:00Z"));
    assertThat(store.lockedUntil(KEY)).contains(Instant.MAX);
  }

  @Test
  void what_is_not_locked_or_not_there_is_free() {
    answer(Map.of("x-amz-object-lock-legal-hold", "OFF"));
    assertThat(store.lockedUntil(KEY)).isEmpty();
    assertThat(store.lockedUntil(new Key("a/nothing"))).isEmpty();
  }

  @Test
  void a_lock_that_may_not_be_looked_at_is_no_free_object() {
    s3.always(Op.HEAD, refuse(403, "AccessDenied"));
    assertThatThrownBy(() -> store.lockedUntil(KEY)).isInstanceOf(RunException.class);
  }
}
