package holdfast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.stream.KeyMaker.Use;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New keys: private where they must be, never over others, and to gpg's liking. */
class KeyMakerTest {

  private static final char[] PASSPHRASE = Gpg.PASSPHRASE.toCharArray();

  @TempDir Path folder;

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void secrets_are_readable_by_their_owner_only() throws IOException {
    Path keys = folder.resolve("keys");
    KeyMaker.Made made = KeyMaker.make(keys, "operations", Use.ENCRYPT, PASSPHRASE, Ring.NOW);
    char[] passphrase = KeyMaker.newPassphrase(keys.resolve("operations.passphrase"));
    assertThat(permissions(keys)).isEqualTo("rwx------");
    assertThat(permissions(made.secretFile())).isEqualTo("rw-------");
    assertThat(permissions(made.publicFile())).isEqualTo("rw-r--r--");
    assertThat(permissions(keys.resolve("operations.passphrase"))).isEqualTo("rw-------");
    assertThat(Files.readString(keys.resolve("operations.passphrase")))
        .isEqualTo(new String(passphrase))
        .hasSize(48);
  }

  @Test
  void nothing_is_ever_overwritten() throws IOException {
    KeyMaker.Made made = KeyMaker.make(folder, "escrow", Use.ENCRYPT, PASSPHRASE, Ring.NOW);
    byte[] before = Files.readAllBytes(made.secretFile());
    for (Path there : List.of(made.publicFile(), made.secretFile())) {
      assertThatThrownBy(() -> KeyMaker.make(folder, "escrow", Use.ENCRYPT, PASSPHRASE, Ring.NOW))
          .isInstanceOfSatisfying(
              RunException.class, e -> assertThat(e.code()).isEqualTo(Code.REFUSED))
          .hasMessage(
              "%s exists already and a key is never overwritten: choose another name or folder."
                  .formatted(there));
      assertThat(Files.readAllBytes(made.secretFile())).isEqualTo(before);
      Files.deleteIfExists(made.publicFile());
    }
    assertThat(made.publicFile()).doesNotExist();
  }

  @Test
  void a_bad_name_and_an_empty_passphrase_are_refused() {
    assertThatThrownBy(() -> KeyMaker.make(folder, "../x", Use.SIGN, PASSPHRASE, Ring.NOW))
        .hasMessage(
            "'../x' is no name for a key: use lower-case letters, digits and dashes, such as operations.");
    assertThatThrownBy(() -> KeyMaker.make(folder, "x", Use.SIGN, new char[0], Ring.NOW))
        .hasMessage("The key 'x' needs a passphrase: give one.");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void gpg_lists_what_a_new_key_is_for() {
    try (Gpg gpg = new Gpg()) {
      KeyMaker.Made encrypt = KeyMaker.make(folder, "ops", Use.ENCRYPT, PASSPHRASE, Ring.NOW);
      KeyMaker.Made sign = KeyMaker.make(folder, "sig", Use.SIGN, PASSPHRASE, Ring.NOW);
      gpg.run(new byte[0], "--import", encrypt.publicFile().toString()).ok();
      gpg.run(new byte[0], "--import", sign.publicFile().toString()).ok();
      assertThat(listing(gpg, "Holdfast ops"))
          .contains("pub:", encrypt.fingerprint(), "::cEC:", "sub:", ":e:", "cv25519");
      assertThat(listing(gpg, "Holdfast sig"))
          .contains("pub:", sign.fingerprint(), "scSC:", "ed25519")
          .doesNotContain("sub:");
    }
  }

  private static String listing(Gpg gpg, String user) {
    return new String(
        gpg.run(new byte[0], "--with-colons", "-k", user).ok(), StandardCharsets.UTF_8);
  }

  @Test
  void a_signing_key_signs_and_an_encryption_key_does_not() {
    KeyMaker.Made encrypt = KeyMaker.make(folder, "ops", Use.ENCRYPT, PASSPHRASE, Ring.NOW);
    KeyMaker.Made sign = KeyMaker.make(folder, "sig", Use.SIGN, PASSPHRASE, Ring.NOW);
    KeyRing good = Ring.of(Ring.spec(Map.of(), sign.secretFile(), null));
    byte[] signature = good.sign(new byte[3]);
    good.verify(new byte[3], signature);
    assertThat(good.signer()).isEqualTo(sign.fingerprint());
    assertThatThrownBy(() -> good.verify(new byte[4], signature))
        .hasMessage(
            "The signature does not hold: the document was changed since it was signed; treat what it describes as changed.");
    assertThatThrownBy(() -> good.verify(new byte[3], new byte[7]))
        .hasMessageStartingWith("The signature does not hold: it");
    KeyRing bad = Ring.of(Ring.spec(Map.of(), encrypt.secretFile(), null));
    assertThatThrownBy(() -> bad.sign(new byte[3]))
        .hasMessage(
            "The signing key in %s is expired, revoked, too weak or not made for signing: put a valid one there."
                .formatted(encrypt.secretFile()));
    assertThatThrownBy(() -> bad.verify(new byte[3], signature))
        .hasMessage(
            "The signature does not hold: it was not made by our signing key %s; treat what it describes as changed."
                .formatted(encrypt.fingerprint()));
  }
}
