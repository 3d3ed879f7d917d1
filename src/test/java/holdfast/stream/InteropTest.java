package holdfast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.stream.KeyMaker.Use;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, messages and signatures go both ways between Holdfast and the stock gpg. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InteropTest {

  @TempDir static Path folder;
  private final Gpg gpg = new Gpg();
  private KeyRing ours;
  private KeyRing rsa;
  private KeyRing curve;

  @BeforeAll
  void keys() throws IOException {
    char[] passphrase = Gpg.PASSPHRASE.toCharArray();
    var operations = KeyMaker.make(folder, "operations", Use.ENCRYPT, passphrase, Ring.NOW);
    var escrow = KeyMaker.make(folder, "escrow", Use.ENCRYPT, passphrase, Ring.NOW);
    var signing = KeyMaker.make(folder, "signing", Use.SIGN, passphrase, Ring.NOW);
    ours =
        Ring.of(
            Ring.spec(
                Map.of("operations", operations.publicFile(), "escrow", escrow.publicFile()),
                signing.secretFile(),
                operations.secretFile()));
    gpg.generate("rsa", "rsa3072", "cert,sign", "never", "--faked-system-time", "20250101T000000!");
    gpg.addSubkey("rsa", "rsa3072", "encrypt", "never", "--faked-system-time", "20250101T000000!");
    gpg.generate(
        "curve", "ed25519", "cert,sign", "never", "--faked-system-time", "20250101T000000!");
    gpg.addSubkey(
        "curve", "cv25519", "encrypt", "never", "--faked-system-time", "20250101T000000!");
    gpg.addSubkey("curve", "ed25519", "sign", "never", "--faked-system-time", "20250101T000000!");
    rsa = ring("rsa");
    curve = ring("curve");
    for (String name : List.of("operations", "signing")) {
      gpg.run(
              Files.readAllBytes(folder.resolve(name + ".secret.asc")),
              "--passphrase",
              Gpg.PASSPHRASE,
              "--import")
          .ok();
    }
  }

  private KeyRing ring(String user) throws IOException {
    Path secret = gpg.exportSecret(user, folder.resolve(user + ".secret.asc"));
    return Ring.of(
        Ring.spec(
            Map.of(user, gpg.exportPublic(user, folder.resolve(user + ".public.asc"))),
            secret,
            secret));
  }

  @AfterAll
  void end() {
    gpg.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 65_530, 65_531, 1_048_576})
  void gpg_opens_what_we_seal(int size) throws IOException {
    byte[] data = random(size);
    assertThat(decrypt(seal(ours, List.of("operations", "escrow"), data))).isEqualTo(data);
  }

  @Test
  void gpg_opens_what_we_seal_to_keys_that_gpg_made() throws IOException {
    byte[] data = random(3_333_333);
    assertThat(decrypt(seal(rsa, List.of("rsa"), data))).isEqualTo(data);
    assertThat(decrypt(seal(curve, List.of("curve"), data))).isEqualTo(data);
  }

  private byte[] decrypt(byte[] sealed) {
    return gpg.run(sealed, "--passphrase", Gpg.PASSPHRASE, "-d").ok();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 65_530, 1_048_576})
  void we_open_what_gpg_seals(int size) throws IOException {
    byte[] data = random(size);
    assertThat(open(ours, gpg.run(data, "-z0", "-e", "-r", "Holdfast operations").ok()))
        .isEqualTo(data);
  }

  @Test
  void we_open_with_keys_that_gpg_made_even_what_gpg_compressed_or_sealed_to_hidden_recipients()
      throws IOException {
    byte[] data = StreamBench.text(3_333_333);
    assertThat(open(rsa, gpg.run(data, "-z0", "-e", "-r", "rsa").ok())).isEqualTo(data);
    assertThat(open(curve, gpg.run(data, "-e", "-r", "curve", "-r", "rsa").ok())).isEqualTo(data);
    assertThat(open(rsa, gpg.run(data, "-e", "--hidden-recipient", "rsa").ok())).isEqualTo(data);
  }

  @Test
  void gpg_verifies_what_we_sign_and_sees_a_change() throws IOException {
    Path document = folder.resolve("manifest.json");
    for (KeyRing ring : List.of(ours, rsa, curve)) {
      Files.writeString(document, "{\"point\": 1}");
      Path signature =
          Files.write(folder.resolve("manifest.json.asc"), ring.sign(Files.readAllBytes(document)));
      gpg.run(new byte[0], "--verify", signature.toString(), document.toString()).ok();
      Files.writeString(document, "{\"point\": 2}");
      assertThat(gpg.run(new byte[0], "--verify", signature.toString(), document.toString()).code())
          .isNotZero();
    }
  }

  @Test
  void we_verify_what_gpg_signs_with_our_key() {
    byte[] document = random(1000);
    for (var named : Map.of("Holdfast signing", ours, "rsa", rsa, "curve", curve).entrySet()) {
      byte[] signature =
          gpg.run(
                  document,
                  "--faked-system-time",
                  "20250901T100000!",
                  "--passphrase",
                  Gpg.PASSPHRASE,
                  "--armor",
                  "-u",
                  named.getKey(),
                  "--detach-sign")
              .ok();
      named.getValue().verify(document, signature);
    }
  }

  static byte[] seal(KeyRing ring, List<String> recipients, byte[] data) throws IOException {
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    try (OutputStream seal = ring.seal(recipients, sealed)) {
      seal.write(data);
    }
    return sealed.toByteArray();
  }

  static byte[] open(KeyRing ring, byte[] sealed) throws IOException {
    try (InputStream opened = ring.open(new ByteArrayInputStream(sealed))) {
      return opened.readAllBytes();
    }
  }

  static byte[] random(int size) {
    byte[] data = new byte[size];
    new Random(size).nextBytes(data);
    return data;
  }
}
