package holdfast.stream;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSecretKeyRing;

/**
 * Makes OpenPGP keys: Ed25519 to certify and sign, Curve25519 to encrypt, version 4, without an end
 * date, since a recipient that expires overnight would end the backups.
 */
public final class KeyMaker {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final int PASSPHRASE_BYTES = 24;

  private KeyMaker() {}

  /** What a key is for. */
  public enum Use {
    ENCRYPT,
    SIGN
  }

  /** The files of a new key, and its fingerprint in upper-case hex. */
  public record Made(Path publicFile, Path secretFile, String fingerprint) {}

  /**
   * Makes {@code NAME.public.asc} (0644) and {@code NAME.secret.asc} (0600, locked by the
   * passphrase) in {@code folder}, which is made 0700 where it is missing. Throws RunException
   * REFUSED rather than overwrite anything.
   */
  public static Made make(Path folder, String name, Use use, char[] passphrase, Instant now) {
    if (!NAME.matcher(name).matches()) {
      throw new RunException(
          Code.INVALID,
          name,
          false,
          "'%s' is no name for a key: use lower-case letters, digits and dashes, such as operations."
              .formatted(name));
    }
    if (passphrase.length == 0) {
      throw new RunException(
          Code.INVALID, name, false, "The key '" + name + "' needs a passphrase: give one.");
    }
    Path publicFile = folder.resolve(name + ".public.asc");
    Path secretFile = folder.resolve(name + ".secret.asc");
    try {
      prepare(folder, publicFile, secretFile);
      PGPSecretKeyRing key = NewKey.make(name, use, passphrase, now);
      write(secretFile, "rw-------", armored(key::encode));
      write(publicFile, "rw-r--r--", armored(key.toCertificate()::encode));
      return new Made(publicFile, secretFile, Recipient.hex(key.getPublicKey().getFingerprint()));
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    } catch (PGPException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes a passphrase of 48 random hex digits in a new 0600 file, and returns it. */
  public static char[] newPassphrase(Path file) {
    byte[] bytes = new byte[PASSPHRASE_BYTES];
    new SecureRandom().nextBytes(bytes);
    String passphrase = HexFormat.of().formatHex(bytes);
    try {
      prepare(file.toAbsolutePath().getParent(), file);
      write(file, "rw-------", passphrase.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
    return passphrase.toCharArray();
  }

  private static void prepare(Path folder, Path... files) throws IOException {
    for (Path file : files) {
      if (Files.exists(file)) {
        throw exists(file);
      }
    }
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static void write(Path file, String permissions, byte[] bytes) throws IOException {
    var mode = PosixFilePermissions.fromString(permissions);
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    }
    Files.write(file, bytes, StandardOpenOption.WRITE);
    Files.setPosixFilePermissions(file, mode);
  }

  private static RunException exists(Path file) {
    return new RunException(
        Code.REFUSED,
        file.toString(),
        false,
        "%s exists already and a key is never overwritten: choose another name or folder."
            .formatted(file));
  }

  private static RunException cannotWrite(Path place, IOException cause) {
    return new RunException(
        Code.DENIED,
        place.toString(),
        false,
        "No key can be written to %s: mend its permissions or choose another folder."
            .formatted(place),
        cause);
  }

  private interface Encoder {
    void encode(OutputStream target) throws IOException;
  }

  private static byte[] armored(Encoder key) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArmoredOutputStream armor = ArmoredOutputStream.builder().clearHeaders().build(bytes)) {
      key.encode(armor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
