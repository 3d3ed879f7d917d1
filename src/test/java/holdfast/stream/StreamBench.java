package holdfast.stream;

import com.sun.management.OperatingSystemMXBean;
import holdfast.plan.Pipeline;
import holdfast.plan.Pipeline.Compression;
import holdfast.stream.KeyMaker.Use;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Pushes text like that of a dump through each layer and through the whole chain, and prints MB of
 * plain bytes per second. Not a test: run its main with the test class path. The first argument is
 * the number of MB per measurement, 1000 by default.
 */
public final class StreamBench {

  private static final int MB = 1_000_000;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final String[] WORDS =
      ("experience delivered platform team scaling postgres customers reliable design leading the"
              + " and with for a of")
          .split(" ");

  private final long bytes;
  private final byte[] text = text(64 * MB);
  private final KeyRing keys;

  private StreamBench(long bytes, KeyRing keys) {
    this.bytes = bytes;
    this.keys = keys;
  }

  /** Prints one line per layer. */
  public static void main(String[] arguments) throws IOException {
    long mb = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1000;
    Path folder = Files.createTempDirectory("bench");
    var key = KeyMaker.make(folder, "bench", Use.ENCRYPT, Gpg.PASSPHRASE.toCharArray(), Ring.NOW);
    KeyRing keys = Ring.of(Ring.spec(Map.of("bench", key.publicFile()), null, key.secretFile()));
    try {
      StreamBench bench = new StreamBench(mb * MB, keys);
      for (int round = 1; round <= 2; round++) {
        System.out.println("round " + round);
        bench.all();
      }
    } finally {
      Files.delete(key.publicFile());
      Files.delete(key.secretFile());
      Files.delete(folder);
    }
  }

  private interface Stack {
    OutputStream on(OutputStream sink) throws IOException;
  }

  private void all() throws IOException {
    layer("count and hash", Tally::new);
    layer("zstd, no workers", sink -> new ZstdOutput(3, 0, sink));
    layer("zstd, 1 worker", sink -> new ZstdOutput(3, 1, sink));
    layer("zstd, 2 workers", sink -> new ZstdOutput(3, 2, sink));
    layer("hand over", sink -> new Handoff("bench", sink));
    layer("seal", sink -> keys.seal(List.of("bench"), sink));
    layer("seal, count and hash", sink -> keys.seal(List.of("bench"), new Tally(sink)));
    chain();
    open();
  }

  private void layer(String name, Stack stack) throws IOException {
    Sink sink = new Sink();
    Watch start = Watch.start();
    try (OutputStream out = stack.on(sink)) {
      push(out);
    }
    report(name, start, bytes, sink.bytes);
  }

  private void chain() throws IOException {
    Sink sink = new Sink();
    Watch start = Watch.start();
    try (Chain chain = Chain.to(sink, new Pipeline(Compression.ZSTD, 3, List.of("bench")), keys)) {
      push(chain.in());
      chain.finish();
    }
    report("whole chain", start, bytes, sink.bytes);
  }

  private void open() throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    try (Chain chain = Chain.to(kept, new Pipeline(Compression.ZSTD, 3, List.of("bench")), keys)) {
      chain.in().write(text);
      chain.finish();
    }
    Watch start = Watch.start();
    long moved = 0;
    long rounds = Math.max(1, bytes / text.length);
    for (int i = 0; i < rounds; i++) {
      InputStream opened = keys.open(new TallyInput(new ByteArrayInputStream(kept.toByteArray())));
      moved +=
          Compressor.expand(Compression.ZSTD, opened, Long.MAX_VALUE)
              .transferTo(OutputStream.nullOutputStream());
    }
    report("open and expand", start, moved, moved);
  }

  private void push(OutputStream out) throws IOException {
    int step = 64 * 1024;
    for (long done = 0; done < bytes; ) {
      int at = (int) (done % text.length);
      int count = (int) Math.min(Math.min(step, text.length - at), bytes - done);
      out.write(text, at, count);
      done += count;
    }
  }

  private static void report(String name, Watch start, long bytes, long out) {
    double seconds = (System.nanoTime() - start.wall()) / 1e9;
    double cpu = (PROCESS.getProcessCpuTime() - start.cpu()) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%-24s wall %6.2f s %6.0f MB/s   cpu %6.2f s %6.0f MB/s   out %.3f%n",
        name,
        seconds,
        bytes / seconds / MB,
        cpu,
        bytes / cpu / MB,
        (double) out / bytes);
  }

  /** Processor time tells more than the wall on a machine that is busy with other things. */
  private record Watch(long wall, long cpu) {
    static Watch start() {
      return new Watch(System.nanoTime(), PROCESS.getProcessCpuTime());
    }
  }

  private static final class Sink extends OutputStream {
    long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      bytes += length;
    }
  }

  /** Rows of the shape of a COPY block: numbers, words, hex, times. */
  static byte[] text(int size) {
    Random random = new Random(7);
    StringBuilder rows = new StringBuilder(size + 1000);
    for (int row = 1; rows.length() < size; row++) {
      rows.append(row).append('\t').append(random.nextInt(600_000)).append("\tjob-");
      rows.append(random.nextInt(10_000)).append('\t');
      for (int word = 0; word < 60; word++) {
        rows.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      for (int part = 0; part < 4; part++) {
        rows.append(Integer.toHexString(random.nextInt()));
      }
      rows.append("\tsent\t").append(random.nextDouble() * 100).append("\t2026-03-0");
      rows.append(1 + random.nextInt(9)).append(" 10:00:00.").append(random.nextInt(1_000_000));
      rows.append("+00\n");
    }
    return rows.substring(0, size).getBytes(StandardCharsets.US_ASCII);
  }
}
