package holdfast.store;

import static holdfast.store.FaultyS3.refuse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.store.FaultyS3.Op;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wrong with a bucket, said so that a person can mend it. */
class S3ProbeTest extends FaultyStore {

  @Test
  void a_bucket_of_another_account_is_refused() {
    s3.honest.owner = "999999999999";
    assertProbe(Code.DENIED, "is denied", "account 111122223333");
    assertThat(catchThrowableOfType(RunException.class, () -> upload(SIZE)).code())
        .isEqualTo(Code.DENIED);
    assertThat(s3.objects).isEmpty();
  }

  @Test
  void what_is_wrong_with_a_bucket_is_said_in_one_sentence() {
    s3.next(Op.HEAD_BUCKET, refuse(404, ""));
    assertProbe(Code.INVALID, "the bucket 'bucket' does not exist");
    s3.next(Op.HEAD_BUCKET, refuse(403, ""));
    assertProbe(Code.DENIED, "access to bucket 'bucket' is denied");
    s3.next(
        Op.HEAD_BUCKET,
        (exchange, honest) ->
            FaultyS3.send(
                exchange,
                new FaultyS3.Answer(301, Map.of("x-amz-bucket-region", "eu-central-1"), "")));
    assertProbe(Code.INVALID, "is in region eu-central-1, not us-east-1");
    s3.always(Op.CREATE, refuse(403, "RequestTimeTooSkewed"));
    assertProbe(Code.DENIED, "this host's clock is off");
    s3.always(Op.CREATE, refuse(403, "InvalidAccessKeyId"));
    assertProbe(Code.DENIED, "the access key is refused (InvalidAccessKeyId)");
    s3.close();
    assertProbe(Code.UNREACHABLE, "cannot be reached");
  }

  @Test
  void a_redirect_is_not_followed() throws Exception {
    try (FaultyS3 elsewhere = new FaultyS3()) {
      s3.always(
          Op.HEAD_BUCKET,
          (exchange, honest) ->
              FaultyS3.send(
                  exchange,
                  new FaultyS3.Answer(
                      307, Map.of("Location", elsewhere.endpoint() + "/bucket"), "")));
      assertThatThrownBy(() -> store.probe()).isInstanceOf(RunException.class);
      assertThat(elsewhere.calls).isEmpty();
    }
  }

  @Test
  void a_document_whose_answer_was_lost_was_put_by_us() {
    s3.next(Op.PUT, FaultyS3::applyThenDrop);
    assertThat(store.putIfAbsent(KEY, new byte[] {1}, DATA)).isTrue();
    assertThat(store.putIfAbsent(KEY, new byte[] {2}, DATA)).isFalse();
    assertThat(s3.objects.get(PATH).bytes()).containsExactly(1);
  }

  private void assertProbe(Code code, String... words) {
    RunException e = catchThrowableOfType(RunException.class, () -> store.probe());
    assertThat(e.code()).isEqualTo(code);
    assertThat(e)
        .hasMessageStartingWith("Store 'primary': ")
        .hasMessageContainingAll(words)
        .hasMessageNotContaining("\n");
  }
}
