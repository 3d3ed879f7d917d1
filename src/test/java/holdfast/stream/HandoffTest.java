package holdfast.stream;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.Pipeline;
import holdfast.plan.Pipeline.Compression;
import holdfast.stream.KeyMaker.Use;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whichever side of a thread boundary dies, the other hears of it and nobody waits for ever. */
@Timeout(60)
class HandoffTest {

  private static final byte[] MEGABYTE = new byte[1 << 20];

  /** Takes what it may, then fails or blocks. */
  private static final class Sink extends OutputStream {

    private final long most;
    private final RuntimeException failure;
    private final CountDownLatch blocked = new CountDownLatch(1);
    private long bytes;
    private boolean closed;

    Sink(long most, RuntimeException failure) {
      this.most = most;
      this.failure = failure;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[1], 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      bytes += length;
      if (bytes > most && failure != null) {
        throw failure;
      }
      if (bytes > most) {
        blocked.countDown();
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          throw new IOException("interrupted", e);
        }
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static void endlessly(OutputStream out) throws IOException {
    while (true) {
      out.write(MEGABYTE);
    }
  }

  private static boolean running(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals(name));
  }

  @Test
  void a_failure_behind_reaches_the_writer_and_the_end() {
    RunException full = new RunException(Code.FULL, "bucket", true, "The bucket is full.");
    Sink sink = new Sink(3 << 20, full);
    Handoff handoff = new Handoff("dies", sink);
    assertThatThrownBy(() -> endlessly(handoff))
        .isInstanceOfSatisfying(RunException.class, e -> assertThat(e.code()).isEqualTo(Code.FULL))
        .hasMessage("The bucket is full.")
        .hasCause(full);
    assertThatThrownBy(handoff::close).hasMessage("The bucket is full.");
    assertThat(sink.closed).isFalse();
    Awaitility.await().until(() -> !running("dies"));
  }

  @Test
  void a_failure_behind_is_seen_by_a_close_that_follows_the_last_write() {
    Handoff handoff = new Handoff("late", new Sink(0, new IllegalStateException("late")));
    assertThatThrownBy(
            () -> {
              try (handoff) {
                handoff.write(1);
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessage("late");
  }

  @Test
  void a_writer_that_waits_is_freed_when_the_stream_is_abandoned() throws Exception {
    Sink sink = new Sink(0, null);
    Handoff handoff = new Handoff("stuck", sink);
    FutureTask<String> writer =
        new FutureTask<>(
            () -> {
              try {
                endlessly(handoff);
                return "never";
              } catch (IOException e) {
                return e.getMessage();
              }
            });
    new Thread(writer).start();
    sink.blocked.await();
    handoff.abandon();
    assertThat(writer.get(30, SECONDS)).isIn("The stream was abandoned.", "interrupted");
    assertThat(sink.closed).isFalse();
    assertThat(running("stuck")).isFalse();
  }

  @Test
  void an_idle_thread_ends_when_the_stream_is_abandoned() {
    Handoff handoff = new Handoff("idle", new Sink(0, null));
    handoff.abandon();
    assertThat(running("idle")).isFalse();
    assertThatThrownBy(() -> handoff.write(1)).isInstanceOf(IOException.class);
  }

  @Test
  void after_the_end_the_thread_is_gone_and_nothing_more_is_taken() throws IOException {
    Sink sink = new Sink(Long.MAX_VALUE, null);
    Handoff handoff = new Handoff("done", sink);
    handoff.write(MEGABYTE);
    handoff.close();
    handoff.close();
    assertThat(sink.bytes).isEqualTo(MEGABYTE.length);
    assertThat(sink.closed).isTrue();
    assertThatThrownBy(() -> handoff.write(1)).hasMessage("Nothing can be written after the end.");
    Awaitility.await().until(() -> !running("done"));
  }

  @Test
  void an_interrupted_writer_stops_waiting() throws Exception {
    Sink sink = new Sink(0, null);
    Handoff handoff = new Handoff("patient", sink);
    FutureTask<Boolean> writer =
        new FutureTask<>(
            () -> {
              assertThatThrownBy(() -> endlessly(handoff))
                  .isInstanceOf(java.io.InterruptedIOException.class);
              return Thread.currentThread().isInterrupted();
            });
    Thread thread = new Thread(writer);
    thread.start();
    sink.blocked.await();
    thread.interrupt();
    assertThat(writer.get(30, SECONDS)).isTrue();
    handoff.abandon();
  }

  @Test
  void a_chain_that_is_not_finished_writes_no_end_and_leaves_the_sink_open(@TempDir Path folder)
      throws IOException {
    var key = KeyMaker.make(folder, "chain", Use.ENCRYPT, Gpg.PASSPHRASE.toCharArray(), Ring.NOW);
    KeyRing keys = Ring.of(Ring.spec(Map.of("chain", key.publicFile()), null, key.secretFile()));
    for (Compression kind : Compression.values()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      Sink sink = new Sink(Long.MAX_VALUE, null);
      OutputStream both =
          new OutputStream() {
            @Override
            public void write(int b) {
              bytes.write(b);
            }

            @Override
            public void close() {
              sink.close();
            }
          };
      try (Chain chain = Chain.to(both, new Pipeline(kind, 1, List.of("chain")), keys)) {
        chain.in().write(InteropTest.random(3_000_000));
      }
      assertThat(sink.closed).isFalse();
      assertThatThrownBy(() -> InteropTest.open(keys, bytes.toByteArray()))
          .isInstanceOfSatisfying(
              RunException.class, e -> assertThat(e.code()).isEqualTo(Code.TRUNCATED));
    }
    assertThat(running("holdfast-seal")).isFalse();
  }
}
