package holdfast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.Pipeline.Compression;
import holdfast.stream.KeyMaker.Use;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing that was cut, changed or lengthened passes for what was sealed or compressed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamageTest {

  private static final byte[] DATA = InteropTest.random(2048);

  @TempDir static Path folder;
  private KeyRing keys;
  private byte[] sealed;
  private byte[] inChunks;

  @BeforeAll
  void seal() throws IOException {
    var made = KeyMaker.make(folder, "damage", Use.ENCRYPT, Gpg.PASSPHRASE.toCharArray(), Ring.NOW);
    keys =
        Ring.of(
            Ring.spec(Map.of("damage", made.publicFile()), null, Ring.unlocked(made.secretFile())));
    sealed = InteropTest.seal(keys, List.of("damage"), DATA);
    inChunks = chunked(DATA);
  }

  /** With partial lengths of 512 bytes inside and outside, as a large object has. */
  private byte[] chunked(byte[] data) throws IOException {
    byte[] sessionKey = new byte[SealOutput.KEY_BYTES];
    SecureRandom random = new SecureRandom();
    random.nextBytes(sessionKey);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SessionKeys.write(List.of(keys.recipient("damage")), sessionKey, bytes);
    try (OutputStream seal = new SealOutput(sessionKey, random, bytes, 9, 9)) {
      seal.write(data);
    }
    return bytes.toByteArray();
  }

  /** What came out before a RunException, or all of it. */
  private byte[] opened(byte[] message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InputStream in = keys.open(new ByteArrayInputStream(message))) {
      in.transferTo(out);
      return out.toByteArray();
    } catch (RunException e) {
      assertThat(e.code()).isIn(Code.CORRUPT, Code.TRUNCATED, Code.NO_KEY);
      assertThat(out.size()).as("bytes before: " + e.getMessage()).isZero();
      return new byte[0];
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void every_single_flipped_bit_is_noticed_or_changes_nothing() {
    for (byte[] message : List.of(sealed, inChunks)) {
      assertThat(opened(message)).isEqualTo(DATA);
      int body = 2 + (message[1] & 0xFF);
      int step = message == inChunks ? 1 : 7;
      for (int bit = 0; bit < message.length * 8; bit += step) {
        byte[] flipped = message.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        byte[] opened = opened(flipped);
        if (opened.length > 0) {
          assertThat(bit / 8).as("a bit that the key packet does not use").isLessThan(body);
          assertThat(opened).isEqualTo(DATA);
        }
      }
    }
  }

  @Test
  void a_cut_at_every_length_is_noticed() {
    for (byte[] message : List.of(sealed, inChunks)) {
      for (int length = 0; length < message.length; length++) {
        byte[] cut = Arrays.copyOf(message, length);
        assertThatThrownBy(() -> InteropTest.open(keys, cut))
            .isInstanceOfSatisfying(
                RunException.class, e -> assertThat(e.code()).isIn(Code.TRUNCATED, Code.CORRUPT));
      }
    }
  }

  @Test
  void a_cut_says_that_some_is_missing() {
    assertThatThrownBy(() -> InteropTest.open(keys, Arrays.copyOf(sealed, sealed.length - 1)))
        .hasMessage(
            "The sealed data ends before its true end: some of it was never stored, or was lost since; use another copy or point.");
  }

  @Test
  void anything_appended_is_noticed() {
    for (byte[] message : List.of(sealed, inChunks)) {
      for (int value = 0; value < 256; value++) {
        byte[] longer = Arrays.copyOf(message, message.length + 1);
        longer[message.length] = (byte) value;
        assertThat(opened(longer)).isEmpty();
      }
      byte[] twice = Arrays.copyOf(message, message.length * 2);
      System.arraycopy(message, 0, twice, message.length, message.length);
      assertThat(opened(twice)).isEmpty();
    }
  }

  @Test
  void two_swapped_chunks_are_noticed() {
    byte[] swapped = inChunks.clone();
    int chunk = 513;
    int first = inChunks.length - 3 * chunk;
    System.arraycopy(inChunks, first, swapped, first + chunk, chunk);
    System.arraycopy(inChunks, first + chunk, swapped, first, chunk);
    assertThat(opened(swapped)).isEmpty();
  }

  @Test
  void a_large_damaged_object_fails_at_the_latest_with_its_last_read() throws IOException {
    byte[] message = InteropTest.seal(keys, List.of("damage"), InteropTest.random(3_000_000));
    message[1_500_000] ^= 1;
    assertThatThrownBy(() -> InteropTest.open(keys, message))
        .hasMessage(
            "The sealed data is damaged: its integrity packet does not agree with its bytes; use another copy or point.");
  }

  @Test
  void a_message_without_integrity_packet_is_refused() {
    try (Gpg gpg = new Gpg()) {
      byte[] message =
          gpg.run(
                  DATA,
                  "--rfc2440",
                  "--disable-mdc",
                  "--cipher-algo",
                  "AES256",
                  "--passphrase",
                  "x",
                  "-c")
              .bytes();
      byte[] bare = {
        (byte) 0xC9, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20
      };
      for (byte[] refused : message.length > 0 ? List.of(message, bare) : List.of(bare)) {
        assertThat(opened(refused)).isEmpty();
      }
      assertThatThrownBy(() -> InteropTest.open(keys, bare))
          .hasMessage(
              "The sealed data is damaged: it has no integrity packet of the kind that Holdfast writes; use another copy or point.");
    }
  }

  @ParameterizedTest
  @EnumSource
  void compressed_data_cut_anywhere_is_noticed(Compression kind) throws IOException {
    byte[] data = new byte[700_000];
    Arrays.fill(data, 300_000, 301_000, (byte) 7);
    byte[] compressed = compress(kind, data);
    for (int length = 0; length < compressed.length; length++) {
      byte[] cut = Arrays.copyOf(compressed, length);
      assertThatThrownBy(() -> CodecTest.expand(kind, cut, data.length))
          .isInstanceOfSatisfying(
              RunException.class, e -> assertThat(e.code()).isEqualTo(Code.TRUNCATED));
    }
  }

  @ParameterizedTest
  @EnumSource
  void compressed_data_with_something_behind_it_is_noticed(Compression kind) throws IOException {
    byte[] compressed = compress(kind, DATA);
    byte[] twice = Arrays.copyOf(compressed, compressed.length * 2);
    System.arraycopy(compressed, 0, twice, compressed.length, compressed.length);
    for (byte[] longer : List.of(Arrays.copyOf(compressed, compressed.length + 1), twice)) {
      assertThatThrownBy(() -> CodecTest.expand(kind, longer, 1 << 20))
          .hasMessage(
              "The compressed data is damaged: something follows its end; use another copy or point.");
    }
  }

  @ParameterizedTest
  @EnumSource
  void compressed_data_with_a_flipped_bit_never_gives_other_bytes(Compression kind)
      throws IOException {
    byte[] data = StreamBench.text(700);
    byte[] compressed = compress(kind, data);
    for (int bit = 0; bit < compressed.length * 8; bit++) {
      byte[] flipped = compressed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        assertThat(CodecTest.expand(kind, flipped, 1 << 20)).isEqualTo(data);
      } catch (RunException e) {
        assertThat(e.code()).isIn(Code.CORRUPT, Code.TRUNCATED);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_bomb_ends_at_its_limit(Compression kind) throws IOException {
    byte[] bomb = compress(kind, new byte[50_000_000]);
    assertThat(bomb.length).isLessThan(1_000_000);
    assertThatThrownBy(() -> CodecTest.expand(kind, bomb, 1_000_000))
        .hasMessage(
            "The compressed data is damaged: it expands to more than 1000000 bytes; use another copy or point.");
  }

  private static byte[] compress(Compression kind, byte[] data) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = Compressor.compress(kind, 3, bytes)) {
      out.write(data);
    }
    return bytes.toByteArray();
  }
}
