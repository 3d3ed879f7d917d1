package holdfast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.plan.Pipeline;
import holdfast.plan.Pipeline.Compression;
import holdfast.stream.KeyMaker.Use;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every layer gives back exactly what went in, at every size where a buffer may begin or end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodecTest {

  private static final int LARGE = 5_000_017;

  @TempDir static Path folder;
  private KeyRing keys;

  @BeforeAll
  void key() throws IOException {
    var made = KeyMaker.make(folder, "codec", Use.ENCRYPT, Gpg.PASSPHRASE.toCharArray(), Ring.NOW);
    keys =
        Ring.of(
            Ring.spec(Map.of("codec", made.publicFile()), null, Ring.unlocked(made.secretFile())));
  }

  static List<byte[]> samples() {
    return IntStream.concat(
            IntStream.of(0, 1, LARGE),
            IntStream.rangeClosed(1, 20)
                .map(bit -> 1 << bit)
                .flatMap(n -> IntStream.of(n - 1, n, n + 1)))
        .distinct()
        .mapToObj(size -> size % 2 == 0 ? InteropTest.random(size) : StreamBench.text(size))
        .toList();
  }

  private interface Stack {
    OutputStream on(OutputStream sink) throws IOException;
  }

  private static byte[] pass(byte[] data, Stack stack, boolean bytewise) throws IOException {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    try (OutputStream out = stack.on(sink)) {
      if (bytewise) {
        for (byte b : data) {
          out.write(b);
        }
      } else {
        out.write(data);
      }
    }
    return sink.toByteArray();
  }

  @ParameterizedTest
  @EnumSource
  void compressing_and_expanding_gives_the_same_bytes(Compression kind) throws IOException {
    for (byte[] data : samples()) {
      for (boolean bytewise : new boolean[] {false, true}) {
        byte[] compressed =
            pass(
                data, sink -> Compressor.compress(kind, 3, sink), bytewise && data.length < 70_000);
        assertThat(expand(kind, compressed, data.length)).isEqualTo(data);
      }
    }
  }

  static byte[] expand(Compression kind, byte[] compressed, long limit) throws IOException {
    try (InputStream in = Compressor.expand(kind, new ByteArrayInputStream(compressed), limit)) {
      return in.readAllBytes();
    }
  }

  @Test
  void sealing_and_opening_gives_the_same_bytes() throws IOException {
    for (byte[] data : samples()) {
      byte[] sealed = pass(data, sink -> keys.seal(List.of("codec"), sink), data.length < 70_000);
      assertThat(InteropTest.open(keys, sealed)).isEqualTo(data);
    }
  }

  @Test
  void handing_over_and_counting_gives_the_same_bytes() throws IOException {
    for (byte[] data : samples()) {
      byte[] passed =
          pass(data, sink -> new Tally(new Handoff("test", new Tally(sink))), data.length < 70_000);
      assertThat(passed).isEqualTo(data);
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_whole_chain_gives_the_same_bytes_and_true_digests(Compression kind) throws IOException {
    for (byte[] data : samples()) {
      ByteArrayOutputStream sink = new ByteArrayOutputStream();
      Chain.Digests digests;
      try (Chain chain = Chain.to(sink, new Pipeline(kind, 3, List.of("codec")), keys)) {
        chain.in().write(data);
        digests = chain.finish();
        assertThat(chain.plainBytes()).isEqualTo(data.length);
      }
      TallyInput sealed = new TallyInput(new ByteArrayInputStream(sink.toByteArray()));
      TallyInput plain = new TallyInput(Compressor.expand(kind, keys.open(sealed), data.length));
      assertThat(plain.readAllBytes()).isEqualTo(data);
      assertThat(plain.ended()).isTrue();
      assertThat(plain.digest()).isEqualTo(digests.plain());
      assertThat(sealed.digest()).isEqualTo(digests.sealed());
    }
  }

  @Test
  void the_hash_is_sha_256_in_lower_case() throws IOException {
    Tally tally = new Tally(OutputStream.nullOutputStream());
    tally.write('a');
    tally.write("bc".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertThat(tally.digest())
        .isEqualTo(
            new Digest(3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    assertThat(tally.digest()).isEqualTo(tally.digest());
  }

  @Test
  void stock_zstd_and_gzip_read_ours_and_we_read_theirs() throws IOException {
    for (int size : new int[] {0, 1, 200_000, LARGE}) {
      byte[] data = StreamBench.text(size);
      byte[] zst = pass(data, sink -> Compressor.compress(Compression.ZSTD, 3, sink), false);
      byte[] gz = pass(data, sink -> Compressor.compress(Compression.GZIP, 6, sink), false);
      assertThat(Gpg.filter(zst, "zstd", "-dc").ok()).isEqualTo(data);
      assertThat(Gpg.filter(gz, "gzip", "-dc").ok()).isEqualTo(data);
      byte[] theirs = Gpg.filter(data, "zstd", "-q", "-3", "-T2", "-c").ok();
      assertThat(expand(Compression.ZSTD, theirs, size)).isEqualTo(data);
      assertThat(expand(Compression.GZIP, Gpg.filter(data, "gzip", "-c").ok(), size))
          .isEqualTo(data);
    }
  }
}
