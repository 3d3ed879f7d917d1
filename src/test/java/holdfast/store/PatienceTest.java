package holdfast.store;

import static holdfast.store.FaultyS3.refuse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.store.FaultyS3.Fault;
import holdfast.store.FaultyS3.Op;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that is away for longer than one request is tried. */
class PatienceTest extends FaultyStore {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int OUTAGE = 23;

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "PART", "COMPLETE", "HEAD"})
  void an_outage_costs_nothing_of_what_was_sent_before_it(Op op) throws IOException {
    s3.next(op, outage(refuse(503, "SlowDown")));
    assertThat(patiently(LONG, SIZE).head().bytes()).isEqualTo(SIZE);
    assertThat(s3.objects.get(PATH).bytes()).isEqualTo(StoreContract.bytes(SIZE));
    assertThat(s3.count(Op.PART)).isEqualTo(4 + (op == Op.PART ? OUTAGE : 0));
    assertThat(s3.uploads).isEmpty();
  }

  @Test
  void a_connection_that_always_breaks_is_an_outage_too() throws IOException {
    s3.next(Op.PART, outage(FaultyS3::reset));
    assertThat(patiently(LONG, SIZE).head().bytes()).isEqualTo(SIZE);
  }

  @Test
  void a_small_object_waits_as_well() throws IOException {
    s3.next(Op.PUT, outage(refuse(500, "InternalError")));
    assertThat(patiently(LONG, 100).head().bytes()).isEqualTo(100);
  }

  @Test
  void patience_ends_at_its_limit_and_leaves_nothing() {
    s3.always(Op.PART, refuse(503, "SlowDown"));
    long began = System.nanoTime();
    assertThatThrownBy(() -> patiently(Duration.ofMillis(700), SIZE))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.code()).isEqualTo(Code.UNREACHABLE));
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Duration.ofMillis(700), Duration.ofSeconds(10));
    assertThat(s3.objects).isEmpty();
    assertThat(s3.uploads).isEmpty();
  }

  @Test
  void a_store_that_says_no_is_not_asked_again() {
    s3.always(Op.PART, refuse(403, "AccessDenied"));
    assertThatThrownBy(() -> patiently(LONG, SIZE))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.code()).isEqualTo(Code.DENIED));
    assertThat(s3.count(Op.PART)).isLessThanOrEqualTo(3);
  }

  @Test
  void whoever_ends_an_upload_does_not_wait_for_the_store() throws Exception {
    s3.always(Op.PART, refuse(503, "SlowDown"));
    Patience patience = Patience.of(() -> LONG, Duration.ofMillis(1));
    Store.Upload upload = store.begin(KEY, 0, DATA, patience);
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              try {
                upload.sink().write(StoreContract.bytes(SIZE));
                upload.complete();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    await().until(patience::waits);
    upload.close();
    assertThatThrownBy(() -> writing.get(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(patience.waits()).isFalse();
    await().until(s3.uploads::isEmpty);
  }

  @Test
  void a_part_that_arrives_changed_is_sent_again() throws IOException {
    s3.next(Op.PART, PatienceTest::changed, PatienceTest::changed);
    assertThat(upload(SIZE).head().bytes()).isEqualTo(SIZE);
    assertThat(s3.count(Op.PART)).isEqualTo(6);
    assertThat(s3.objects.get(PATH).bytes()).isEqualTo(StoreContract.bytes(SIZE));
  }

  @Test
  void a_network_that_changes_every_part_is_a_failure() {
    s3.always(Op.PART, PatienceTest::changed);
    assertThatThrownBy(() -> patiently(LONG, SIZE))
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.code()).isEqualTo(Code.CORRUPT));
    assertThat(s3.objects).isEmpty();
  }

  private static void changed(HttpExchange exchange, FaultyS3.Honest honest) throws IOException {
    FaultyS3.Answer said = honest.act();
    var headers = new TreeMap<>(said.headers());
    headers.put("x-amz-checksum-crc32", SmallS3.crc(new byte[] {1}));
    FaultyS3.send(exchange, new FaultyS3.Answer(200, headers, ""));
  }

  @Test
  void a_beginning_whose_answer_was_lost_leaves_no_upload() throws IOException {
    s3.next(Op.CREATE, FaultyS3::applyThenDrop);
    assertThat(upload(SIZE).head().bytes()).isEqualTo(SIZE);
    assertThat(s3.uploads).isEmpty();
  }

  private static Fault[] outage(Fault fault) {
    return Collections.nCopies(OUTAGE, fault).toArray(Fault[]::new);
  }

  private Store.Receipt patiently(Duration limit, int size) throws IOException {
    Patience patience = Patience.of(() -> limit, Duration.ofMillis(1));
    try (Store.Upload upload = store.begin(KEY, 0, DATA, patience)) {
      upload.sink().write(StoreContract.bytes(size));
      return upload.complete();
    }
  }
}
