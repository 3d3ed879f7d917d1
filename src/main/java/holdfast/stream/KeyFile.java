package holdfast.stream;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;

/** Reads the one key that a key file holds, or says in a sentence why there is none. */
final class KeyFile {

  private static final long MOST_BYTES = 1024 * 1024;

  private KeyFile() {}

  /**
   * The public key in {@code file}.
   *
   * @param name the recipient's name in the plan
   */
  static OpenPGPCertificate certificate(String name, Path file) {
    byte[] bytes = read(file, "the recipient key '" + name + "'");
    List<OpenPGPCertificate> found = parse(() -> reader().parseCertificates(bytes));
    if (found.isEmpty() && !secret(bytes).isEmpty()) {
      throw noKey(
          file,
          "%s holds a secret key where the public key of '%s' belongs: put the output of 'gpg --armor --export' there and keep the secret key away from this host."
              .formatted(file, name));
    }
    return only(
        found,
        file,
        "%s holds no OpenPGP public key: put the output of 'gpg --armor --export' for '%s' there."
            .formatted(file, name));
  }

  /**
   * The secret key in {@code file}, still locked.
   *
   * @param purpose what the key is for: "signing" or "opening"
   */
  static OpenPGPKey secretKey(String purpose, Path file) {
    return secretKey(purpose, file, read(file, "the " + purpose + " key"));
  }

  /** The same of a file whose content somebody has handed over. */
  static OpenPGPKey secretKey(String purpose, Path file, byte[] bytes) {
    return only(
        secret(bytes),
        file,
        "%s holds no OpenPGP secret key: put the output of 'gpg --armor --export-secret-keys' of the %s key there."
            .formatted(file, purpose));
  }

  private static List<OpenPGPKey> secret(byte[] bytes) {
    return parse(() -> reader().parseKeys(bytes));
  }

  private static OpenPGPKeyReader reader() {
    return new OpenPGPKeyReader(new BcOpenPGPImplementation(), new Strength());
  }

  private static byte[] read(Path file, String what) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw noKey(
            file, "%s is too large for %s: it may hold one key only.".formatted(file, what));
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw noKey(
          file,
          "%s, which should hold %s, does not exist: make it with 'holdfast key new' or mend holdfast.keys in application.yml."
              .formatted(file, what));
    } catch (IOException e) {
      throw noKey(
          file,
          "%s, which should hold %s, cannot be read by this user: mend its owner or permissions."
              .formatted(file, what));
    }
  }

  private interface Parser<T> {
    List<T> parse() throws IOException;
  }

  /** Whatever the parser dislikes means that there is no key. */
  private static <T> List<T> parse(Parser<T> parser) {
    try {
      return parser.parse();
    } catch (IOException | RuntimeException e) {
      return List.of();
    }
  }

  private static <T> T only(List<T> found, Path file, String none) {
    if (found.isEmpty()) {
      throw noKey(file, none);
    }
    if (found.size() > 1) {
      throw noKey(file, "%s holds %d keys: keep one key per file.".formatted(file, found.size()));
    }
    return found.get(0);
  }

  static RunException noKey(Object subject, String sentence) {
    return new RunException(Code.NO_KEY, subject.toString(), false, sentence);
  }
}
