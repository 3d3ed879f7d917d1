package holdfast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.journal.RunException;
import holdfast.plan.KeySpec;
import holdfast.plan.Pipeline;
import holdfast.stream.KeyMaker.Made;
import holdfast.stream.KeyMaker.Use;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Objects and signatures that were made with keys which have been replaced since. The files in
 * {@code former-keys} are kept as they are for good: what opens today must open then.
 */
class FormerKeysTest {

  private static final Path FORMER = Path.of("src/test/resources/former-keys");

  @TempDir Path folder;
  private Made present;
  private Made signing;

  @BeforeEach
  void keys() {
    present = make("present", Use.ENCRYPT);
    signing = make("present-signing", Use.SIGN);
  }

  private Made make(String name, Use use) {
    return KeyMaker.make(folder, name, use, Gpg.PASSPHRASE.toCharArray(), Ring.NOW);
  }

  private KeyRing ring(List<String> former, List<Path> signers) {
    return Ring.of(
        new KeySpec(
            Map.of("operations", present.publicFile()),
            signing.secretFile(),
            Ring.RIGHT,
            present.secretFile(),
            Ring.RIGHT,
            former.stream()
                .map(name -> new KeySpec.Locked(FORMER.resolve(name), Ring.RIGHT))
                .toList(),
            signers,
            null,
            Ring.spec(Map.of(), null, null).origin()));
  }

  private static byte[] golden(String name) throws IOException {
    return Files.readAllBytes(FORMER.resolve(name));
  }

  private static String opened(KeyRing ring) throws IOException {
    byte[] sealed = golden("data.zst.gpg");
    try (InputStream plain =
        Compressor.expand(
            Pipeline.Compression.ZSTD, ring.open(new ByteArrayInputStream(sealed)), 1 << 20)) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void what_a_former_key_opens_still_opens() throws IOException {
    String plain = new String(golden("data.txt"), StandardCharsets.UTF_8);
    assertThat(opened(ring(List.of("operations.secret.asc"), List.of()))).isEqualTo(plain);
  }

  @Test
  void without_the_former_key_the_sentence_names_the_key_it_is_sealed_to() {
    assertThatThrownBy(() -> opened(ring(List.of(), List.of())))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith(SessionKeys.NOT_FOR_US);
  }

  @Test
  void a_former_key_that_is_not_needed_may_be_gone_but_the_check_says_so() throws IOException {
    KeyRing ring = ring(List.of("operations.secret.asc", "gone.secret.asc"), List.of());
    assertThat(opened(ring)).isNotEmpty();
    assertThatThrownBy(ring::requireFormer).hasMessageContaining("gone.secret.asc");
  }

  @Test
  void what_a_former_key_signed_still_counts_as_ours_once_it_is_declared() throws IOException {
    byte[] document = golden("manifest.json");
    byte[] signature = golden("manifest.json.asc");
    ring(List.of(), List.of(FORMER.resolve("signing.public.asc"))).verify(document, signature);
    assertThatThrownBy(() -> ring(List.of(), List.of()).verify(document, signature))
        .hasMessageContaining("was not made by our signing key");
    assertThatThrownBy(
            () ->
                ring(List.of(), List.of(FORMER.resolve("signing.public.asc")))
                    .verify("another".getBytes(StandardCharsets.UTF_8), signature))
        .hasMessageContaining("was changed since it was signed");
  }

  @Test
  void what_is_sealed_from_now_on_opens_with_the_present_key_alone() throws IOException {
    KeyRing ring = ring(List.of("operations.secret.asc"), List.of());
    var sealed = new java.io.ByteArrayOutputStream();
    try (var seal = ring.seal(List.of("operations"), sealed)) {
      seal.write(1);
    }
    KeyRing alone = ring(List.of(), List.of());
    try (InputStream plain = alone.open(new ByteArrayInputStream(sealed.toByteArray()))) {
      assertThat(plain.readAllBytes()).containsExactly(1);
    }
  }
}
