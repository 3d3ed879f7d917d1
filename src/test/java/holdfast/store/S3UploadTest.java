package holdfast.store;

import static holdfast.store.FaultyS3.refuse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.store.FaultyS3.Fault;
import holdfast.store.FaultyS3.Op;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong on the way: never an object that lacks a part, never an upload left open. */
class S3UploadTest extends FaultyStore {

  @ParameterizedTest
  @EnumSource(
      value = Op.class,
      names = {"CREATE", "PART", "COMPLETE", "HEAD", "PUT"})
  void one_failure_of_any_request_is_survived(Op op) throws Exception {
    int size = op == Op.PUT ? 1000 : SIZE;
    for (Fault fault :
        List.<Fault>of(
            refuse(503, "SlowDown"),
            refuse(500, "InternalError"),
            FaultyS3::reset,
            FaultyS3::applyThenDrop)) {
      s3.objects.clear();
      s3.next(op, fault);
      assertThat(upload(size).head().bytes()).isEqualTo(size);
      assertThat(s3.objects.get(PATH).bytes()).isEqualTo(StoreContract.bytes(size));
      store.abandon("");
      assertThat(s3.uploads).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Op.class,
      names = {"CREATE", "PART", "COMPLETE", "PUT"})
  void lasting_failure_of_any_request_leaves_nothing(Op op) {
    for (Fault fault :
        List.<Fault>of(refuse(503, "SlowDown"), refuse(403, "ExpiredToken"), FaultyS3::reset)) {
      s3.always(op, fault);
      RunException e =
          catchThrowableOfType(RunException.class, () -> upload(op == Op.PUT ? 1000 : SIZE));
      assertThat(e).hasMessageStartingWith("Store 'primary': ").hasMessageNotContaining("canary");
      assertThat(s3.objects).isEmpty();
      assertThat(s3.uploads).isEmpty();
    }
  }

  @Test
  void of_racing_writers_one_wins_where_the_server_decides_in_one_step() throws Exception {
    for (int i = 0; i < 20; i++) {
      List<String> winners = Race.winners(store, new Key("race/" + i), DATA);
      byte[] stored = s3.objects.get("p/race/" + i).bytes();
      assertThat(winners).containsExactly(new String(stored, StandardCharsets.UTF_8));
    }
  }

  @Test
  void random_failures_end_in_a_whole_object_or_in_none() throws Exception {
    Random random = new Random(20261121);
    for (Op op : List.of(Op.CREATE, Op.PART, Op.COMPLETE, Op.HEAD)) {
      s3.always(
          op,
          (exchange, honest) -> {
            Fault fault =
                switch (random.nextInt(10)) {
                  case 0, 1 -> refuse(503, "SlowDown");
                  case 2, 3 -> FaultyS3::applyThenDrop;
                  case 4 -> FaultyS3::reset;
                  default -> FaultyS3::honestly;
                };
            fault.answer(exchange, honest);
          });
    }
    int good = 0;
    for (int run = 0; run < 12; run++) {
      s3.objects.clear();
      try {
        upload(SIZE);
        assertThat(s3.objects.get(PATH).bytes()).isEqualTo(StoreContract.bytes(SIZE));
        good++;
      } catch (RunException e) {
        s3.objects
            .values()
            .forEach(thing -> assertThat(thing.bytes()).isEqualTo(StoreContract.bytes(SIZE)));
      }
    }
    assertThat(good).isPositive();
  }

  @Test
  void an_error_inside_a_successful_answer_to_complete_is_an_error() {
    s3.always(Op.COMPLETE, refuse(200, "InternalError"));
    assertThatThrownBy(() -> upload(SIZE)).isInstanceOf(RunException.class);
    assertThat(s3.objects).isEmpty();
    assertThat(s3.uploads).isEmpty();
  }

  @Test
  void a_completion_whose_answer_was_lost_is_adopted_once() throws Exception {
    s3.always(Op.COMPLETE, FaultyS3::applyThenDrop);
    assertThat(upload(SIZE).head().bytes()).isEqualTo(SIZE);
    assertThat(s3.count(Op.CREATE)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_object_that_is_not_what_was_sent_is_removed(boolean shorter) {
    s3.next(
        Op.COMPLETE,
        (exchange, honest) -> {
          var answer = honest.act();
          var sent = s3.objects.get(PATH);
          byte[] bytes = shorter ? Arrays.copyOf(sent.bytes(), SIZE - 1) : sent.bytes().clone();
          String checksum = shorter ? sent.checksum() : "AAAAAA==-4";
          s3.objects.put(PATH, new SmallS3.Thing(bytes, sent.metadata(), checksum));
          FaultyS3.send(exchange, answer);
        });
    RunException e = catchThrowableOfType(RunException.class, () -> upload(SIZE));
    assertThat(e.code()).isEqualTo(Code.CORRUPT);
    assertThat(s3.objects).isEmpty();
  }

  @Test
  void a_part_that_always_arrives_changed_is_no_part() {
    s3.always(
        Op.PART,
        (exchange, honest) -> {
          honest.act();
          FaultyS3.send(
              exchange,
              new FaultyS3.Answer(
                  200, Map.of("ETag", "\"00\"", "x-amz-checksum-crc32", "AAAAAA=="), ""));
        });
    RunException e = catchThrowableOfType(RunException.class, () -> upload(SIZE));
    assertThat(e.code()).isEqualTo(Code.CORRUPT);
    assertThat(s3.uploads).isEmpty();
  }

  @Test
  void an_object_of_that_name_is_kept() throws Exception {
    upload(1000);
    s3.calls.clear();
    RunException e = catchThrowableOfType(RunException.class, () -> upload(SIZE));
    assertThat(e.code()).isEqualTo(Code.REFUSED);
    assertThat(s3.size(PATH)).isEqualTo(1000);
    assertThat(s3.count(Op.DELETE)).isZero();
    assertThat(s3.uploads).isEmpty();
  }

  @Test
  void an_error_of_the_machine_aborts_too() throws Exception {
    assertThatThrownBy(
            () -> {
              try (Store.Upload upload = store.begin(KEY, 0, DATA)) {
                upload.sink().write(StoreContract.bytes(SIZE));
                throw new OutOfMemoryError("pretended");
              }
            })
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(s3.uploads).isEmpty();
    assertThat(s3.objects).isEmpty();
  }

  @Test
  void an_interrupted_writer_stops_waiting_and_leaves_nothing() throws Exception {
    CountDownLatch asked = new CountDownLatch(2);
    CountDownLatch answer = new CountDownLatch(1);
    s3.always(
        Op.PART,
        (exchange, honest) -> {
          asked.countDown();
          await(answer);
          exchange.close();
        });
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread writer =
        new Thread(
            () -> {
              try {
                upload(2 * SIZE);
              } catch (Throwable e) {
                thrown.set(e);
              }
            });
    writer.start();
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
    writer.interrupt();
    writer.join(30_000);
    answer.countDown();
    assertThat(writer.isAlive()).isFalse();
    assertThat(thrown.get()).isNotNull();
    assertThat(s3.uploads).isEmpty();
    assertThat(s3.objects).isEmpty();
  }

  @Test
  void parts_too_large_for_memory_go_through_a_nameless_file() throws Exception {
    clients.close();
    open(1000, "111122223333");
    s3.next(Op.PART, FaultyS3::reset, refuse(503, "SlowDown"));
    try (Store.Upload upload = store.begin(KEY, 0, DATA)) {
      upload.sink().write(StoreContract.bytes(SIZE));
      try (Stream<Path> files = Files.list(spool)) {
        assertThat(files).isEmpty();
      }
      upload.complete();
    }
    assertThat(s3.objects.get(PATH).bytes()).isEqualTo(StoreContract.bytes(SIZE));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
