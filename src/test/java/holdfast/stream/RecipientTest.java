package holdfast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.KeySpec;
import holdfast.plan.SecretRef;
import holdfast.stream.KeyMaker.Use;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A key that will not do is refused before a byte is sealed, in one sentence that names the file.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecipientTest {

  private static final String[] OF_2024 = {"--faked-system-time", "20240101T000000!"};

  @TempDir static Path folder;
  private final Gpg gpg = new Gpg("");
  private Path operations;
  private Path operationsSecret;

  @BeforeAll
  void key() {
    var made =
        KeyMaker.make(folder, "operations", Use.ENCRYPT, Gpg.PASSPHRASE.toCharArray(), Ring.NOW);
    operations = made.publicFile();
    operationsSecret = made.secretFile();
  }

  @AfterAll
  void end() {
    gpg.close();
  }

  private Path exported(String user) throws IOException {
    return gpg.exportPublic(user, folder.resolve(user + ".asc"));
  }

  private static void refused(Path file, String sentence) {
    KeyRing ring = Ring.of(Ring.spec(Map.of("ops", file), null, null));
    noKey(() -> ring.requireRecipients(List.of("ops")), sentence.replace("FILE", file.toString()));
    noKey(
        () -> ring.seal(List.of("ops"), new java.io.ByteArrayOutputStream()),
        sentence.replace("FILE", file.toString()));
  }

  private static void noKey(ThrowingCallable call, String sentence) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RunException.class, e -> assertThat(e.code()).isEqualTo(Code.NO_KEY))
        .hasMessage(sentence);
  }

  @Test
  void a_key_file_that_is_missing() {
    refused(
        folder.resolve("absent.asc"),
        "FILE, which should hold the recipient key 'ops', does not exist: make it with 'holdfast key new' or mend holdfast.keys in application.yml.");
  }

  @Test
  void a_file_that_holds_no_key() throws IOException {
    refused(
        Files.writeString(folder.resolve("text.asc"), "hello"),
        "FILE holds no OpenPGP public key: put the output of 'gpg --armor --export' for 'ops' there.");
    refused(
        Files.write(folder.resolve("empty.asc"), new byte[0]),
        "FILE holds no OpenPGP public key: put the output of 'gpg --armor --export' for 'ops' there.");
  }

  @Test
  void a_secret_key_where_a_public_one_belongs() {
    refused(
        operationsSecret,
        "FILE holds a secret key where the public key of 'ops' belongs: put the output of 'gpg --armor --export' there and keep the secret key away from this host.");
  }

  @Test
  void two_keys_in_one_file() throws IOException {
    gpg.generate("first", "ed25519", "cert", "never", OF_2024);
    gpg.generate("second", "ed25519", "cert", "never", OF_2024);
    Path both =
        Files.write(
            folder.resolve("both.asc"),
            gpg.run(new byte[0], "--armor", "--export", "first", "second").ok());
    refused(both, "FILE holds 2 keys: keep one key per file.");
  }

  @Test
  void an_expired_key() throws IOException {
    gpg.generate("expired", "ed25519", "cert,sign", "1y", OF_2024);
    gpg.addSubkey("expired", "cv25519", "encrypt", "never", OF_2024);
    refused(
        exported("expired"),
        "The key of recipient 'ops' in FILE expired on 2024-12-31: extend it and export it again, or put its successor there.");
  }

  @Test
  void an_expired_subkey() throws IOException {
    gpg.generate("subexpired", "ed25519", "cert,sign", "never", OF_2024);
    gpg.addSubkey("subexpired", "cv25519", "encrypt", "1y", OF_2024);
    refused(
        exported("subexpired"),
        "The key of recipient 'ops' in FILE expired on 2024-12-31: extend it and export it again, or put its successor there.");
  }

  @Test
  void the_newest_valid_subkey_is_used() throws IOException {
    gpg.generate("renewed", "ed25519", "cert,sign", "never", OF_2024);
    gpg.addSubkey("renewed", "cv25519", "encrypt", "1y", OF_2024);
    gpg.addSubkey(
        "renewed", "cv25519", "encrypt", "never", "--faked-system-time", "20250601T000000!");
    Path file = exported("renewed");
    KeyRing ring = Ring.of(Ring.spec(Map.of("ops", file), null, null));
    assertThat(ring.fingerprints(List.of("ops"))).containsExactly(gpg.fingerprint("renewed"));
    assertThat(ring.recipient("ops").expires()).isNull();
  }

  @Test
  void a_revoked_key() throws IOException {
    gpg.generate("revoked", "ed25519", "cert,sign", "never", OF_2024);
    gpg.addSubkey("revoked", "cv25519", "encrypt", "never", OF_2024);
    gpg.run(gpg.revocation("revoked"), "--import").ok();
    refused(
        exported("revoked"),
        "The key of recipient 'ops' in FILE is revoked: put its successor there.");
  }

  @Test
  void a_revoked_subkey() throws IOException {
    gpg.generate("subrevoked", "ed25519", "cert,sign", "never", OF_2024);
    gpg.addSubkey("subrevoked", "cv25519", "encrypt", "never", OF_2024);
    gpg.revokeSubkey("subrevoked");
    refused(
        exported("subrevoked"),
        "The encryption subkey of recipient 'ops' in FILE is revoked: put its successor there.");
  }

  @Test
  void a_key_that_cannot_encrypt() throws IOException {
    gpg.generate("signer", "ed25519", "cert,sign", "never", OF_2024);
    refused(
        exported("signer"),
        "The key of recipient 'ops' in FILE cannot encrypt: add an encryption subkey and export it again.");
  }

  @Test
  void a_key_that_is_too_weak() throws IOException {
    gpg.generate("short", "rsa2048", "cert,sign", "never", OF_2024);
    gpg.addSubkey("short", "rsa2048", "encrypt", "never", OF_2024);
    refused(
        exported("short"),
        "The key of recipient 'ops' in FILE is too weak (RSA with 2048 bits): use RSA with at least 3072 bits or Curve25519.");
    gpg.generate("nist", "ed25519", "cert,sign", "never", OF_2024);
    gpg.addSubkey("nist", "nistp256", "encrypt", "never", OF_2024);
    refused(
        exported("nist"),
        "The key of recipient 'ops' in FILE is too weak (another curve than Curve25519): use RSA with at least 3072 bits or Curve25519.");
    gpg.generate("old", "dsa2048", "cert,sign", "never", OF_2024);
    gpg.addSubkey("old", "cv25519", "encrypt", "never", OF_2024);
    refused(
        exported("old"),
        "The key of recipient 'ops' in FILE is too weak (DSA): use RSA with at least 3072 bits or Curve25519.");
  }

  @Test
  void a_key_from_the_future() {
    KeyRing ring =
        Ring.of(Ring.spec(Map.of("ops", operations), null, null), Ring.NOW.minusSeconds(86_400));
    noKey(
        () -> ring.requireRecipients(List.of("ops")),
        "The key of recipient 'ops' in %s was made in the future: set this host's clock."
            .formatted(operations));
  }

  @Test
  void a_recipient_that_nobody_declared() {
    KeyRing ring = Ring.of(Ring.spec(Map.of(), null, null));
    noKey(
        () -> ring.requireRecipients(List.of("escrow")),
        "No key is declared for recipient 'escrow': add holdfast.keys.recipients.escrow to application.yml.");
    noKey(
        () -> ring.requireRecipients(List.of()),
        "No recipient is named to seal to: add one to the asset's pipeline.");
  }

  private byte[] sealed() throws IOException {
    return InteropTest.seal(
        Ring.of(Ring.spec(Map.of("ops", operations), null, null)), List.of("ops"), new byte[9]);
  }

  private static void notOpened(KeyRing ring, byte[] sealed, String sentence) {
    noKey(() -> ring.open(new ByteArrayInputStream(sealed)), sentence);
  }

  @Test
  void the_wrong_opening_key_opens_nothing() throws IOException {
    var other = KeyMaker.make(folder, "other", Use.ENCRYPT, Gpg.PASSPHRASE.toCharArray(), Ring.NOW);
    KeyRing ring = Ring.of(Ring.spec(Map.of(), null, other.secretFile()));
    String part =
        "%016X"
            .formatted(
                Ring.of(Ring.spec(Map.of("ops", operations), null, null))
                    .recipient("ops")
                    .key()
                    .getKeyID());
    notOpened(
        ring,
        sealed(),
        "The data is sealed to the keys [%s], and the opening key in %s (%s) is none of them: declare the secret key of one of them as holdfast.keys.opening."
            .formatted(part, other.secretFile(), other.fingerprint()));
  }

  @Test
  void the_wrong_passphrase_opens_nothing() throws IOException {
    notOpened(
        Ring.of(opening(Ring.WRONG)),
        sealed(),
        "The declared passphrase does not unlock the opening key in %s: mend the passphrase that holdfast.keys.opening refers to."
            .formatted(operationsSecret));
    notOpened(
        Ring.of(opening(null)),
        sealed(),
        "The opening key in %s is locked and no passphrase is declared: add holdfast.keys.opening.passphrase to application.yml."
            .formatted(operationsSecret));
    notOpened(
        Ring.of(opening(new SecretRef(SecretRef.Kind.ENV, "ABSENT"))),
        sealed(),
        "The passphrase of the opening key cannot be read: Variable ABSENT is not set.");
  }

  private KeySpec opening(@Nullable SecretRef passphrase) {
    KeySpec spec = Ring.spec(Map.of(), null, operationsSecret);
    return new KeySpec(spec.recipients(), null, null, spec.opening(), passphrase, spec.origin());
  }

  @Test
  void without_an_opening_key_nothing_opens() throws IOException {
    KeyRing ring = Ring.of(Ring.spec(Map.of(), null, null));
    assertThat(ring.canOpen()).isFalse();
    notOpened(
        ring,
        sealed(),
        "No opening key is declared: add holdfast.keys.opening to application.yml.");
  }
}
