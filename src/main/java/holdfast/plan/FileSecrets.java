package holdfast.plan;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Secrets in files that nobody but their owner may read. */
final class FileSecrets implements SecretSource {

  private static final long MAX_BYTES = 64 * 1024;
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Home home;

  FileSecrets(Home home) {
    this.home = home;
  }

  @Override
  public SecretRef.Kind kind() {
    return SecretRef.Kind.FILE;
  }

  @Override
  public Secret read(SecretRef ref) {
    Path file = home.folder().resolve(ref.name());
    try {
      if (isOpenToOthers(file)) {
        throw missing(ref, "may be read or changed by other users; run: chmod 600 " + ref.name());
      }
      if (Files.size(file) > MAX_BYTES) {
        throw missing(ref, "is larger than 64 KiB; name a file that holds one secret");
      }
      String value = Files.readString(file).replaceFirst("\\R\\z", "");
      if (value.isEmpty()) {
        throw missing(ref, "is empty; write the secret into it");
      }
      return new Secret(value);
    } catch (NoSuchFileException e) {
      throw missing(ref, "does not exist; create it with mode 600");
    } catch (AccessDeniedException e) {
      throw missing(ref, "may not be read by Holdfast's user; make that user its owner");
    } catch (IOException e) {
      throw missing(ref, "cannot be read as text");
    }
  }

  private static boolean isOpenToOthers(Path file) throws IOException {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
  }

  private static SecretMissingException missing(SecretRef ref, String why) {
    return new SecretMissingException("The secret file %s %s.".formatted(ref.name(), why));
  }
}
