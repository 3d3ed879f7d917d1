package holdfast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The stock gpg with a home of its own, and other stock programs that filter bytes. */
final class Gpg implements AutoCloseable {

  static final String PASSPHRASE = "correct horse";

  /** What a program gave; its messages for when it fails. */
  record Output(int code, byte[] bytes, String messages) {

    byte[] ok() {
      assertThat(code).as(messages).isZero();
      return bytes;
    }
  }

  private final Path home;
  private final String passphrase;

  /** Keys locked with {@link #PASSPHRASE}. */
  Gpg() {
    this(PASSPHRASE);
  }

  /** Keys locked with {@code passphrase}; an empty one saves gpg a second per key. */
  Gpg(String passphrase) {
    this.passphrase = passphrase;
    try {
      home =
          Files.createTempDirectory(
              "gpg",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Output run(byte[] input, String... arguments) {
    List<String> command = new ArrayList<>(List.of("gpg", "-q", "--batch", "--yes"));
    command.addAll(List.of("--pinentry-mode", "loopback", "--trust-model", "always"));
    command.addAll(List.of(arguments));
    return filter(home, input, command);
  }

  /** Makes a key by gpg's own words for algorithm and use. */
  void generate(String user, String algorithm, String use, String expires, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--passphrase", passphrase, "--quick-gen-key"));
    arguments.addAll(List.of(user, algorithm, use, expires));
    run(new byte[0], arguments.toArray(String[]::new)).ok();
  }

  String fingerprint(String user) {
    String colons =
        new String(run(new byte[0], "--with-colons", "-k", user).ok(), StandardCharsets.UTF_8);
    return colons
        .lines()
        .filter(line -> line.startsWith("fpr:"))
        .findFirst()
        .orElseThrow()
        .split(":")[9];
  }

  void addSubkey(String user, String algorithm, String use, String expires, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--passphrase", passphrase, "--quick-add-key"));
    arguments.addAll(List.of(fingerprint(user), algorithm, use, expires));
    run(new byte[0], arguments.toArray(String[]::new)).ok();
  }

  /** The revocation that gpg keeps for every key it makes, made usable. */
  byte[] revocation(String user) throws IOException {
    return Files.readString(home.resolve("openpgp-revocs.d/" + fingerprint(user) + ".rev"))
        .replace(":-----BEGIN", "-----BEGIN")
        .getBytes(StandardCharsets.UTF_8);
  }

  void revokeSubkey(String user) {
    String answers = "key 1\nrevkey\ny\n0\n\ny\nsave\n";
    filter(
            home,
            answers.getBytes(StandardCharsets.UTF_8),
            List.of(
                "gpg",
                "-q",
                "--no-tty",
                "--pinentry-mode",
                "loopback",
                "--passphrase",
                passphrase,
                "--command-fd",
                "0",
                "--edit-key",
                fingerprint(user)))
        .ok();
  }

  Path exportPublic(String user, Path file) throws IOException {
    return Files.write(file, run(new byte[0], "--armor", "--export", user).ok());
  }

  Path exportSecret(String user, Path file) throws IOException {
    return Files.write(
        file,
        run(new byte[0], "--armor", "--passphrase", passphrase, "--export-secret-keys", user).ok());
  }

  /** Runs any filter program. */
  static Output filter(byte[] input, String... command) {
    return filter(Path.of("."), input, List.of(command));
  }

  private static Output filter(Path home, byte[] input, List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("GNUPGHOME", home.toString());
      builder.environment().put("LC_ALL", "C");
      Process process = builder.start();
      FutureTask<byte[]> messages = new FutureTask<>(() -> process.getErrorStream().readAllBytes());
      FutureTask<Boolean> feeding = new FutureTask<>(() -> feed(process, input));
      new Thread(messages).start();
      new Thread(feeding).start();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      process.getInputStream().transferTo(bytes);
      feeding.get();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Output(
          process.exitValue(),
          bytes.toByteArray(),
          new String(messages.get(), StandardCharsets.UTF_8));
    } catch (IOException | InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A program that ends before it has read everything is its own affair. */
  private static boolean feed(Process process, byte[] input) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    filter(home, new byte[0], List.of("gpgconf", "--kill", "gpg-agent"));
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
