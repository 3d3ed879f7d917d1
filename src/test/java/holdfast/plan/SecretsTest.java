package holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

  @TempDir private Path home;

  private Secret read(SecretRef.Kind kind, String name) {
    Map<String, String> environment = Map.of("SET", "hunter2", "EMPTY", "");
    return new Secrets(List.of(new EnvSecrets(environment::get), new FileSecrets(new Home(home))))
        .read(new SecretRef(kind, name));
  }

  private void write(String name, String text, String permissions) throws IOException {
    Files.writeString(home.resolve(name), text);
    Files.setPosixFilePermissions(home.resolve(name), PosixFilePermissions.fromString(permissions));
  }

  @Test
  void a_secret_comes_from_the_environment_and_never_prints() {
    Secret secret = read(SecretRef.Kind.ENV, "SET");
    assertThat(secret.reveal()).isEqualTo("hunter2");
    assertThat(secret).hasToString("**redacted**");
  }

  @Test
  void a_secret_file_loses_only_its_last_line_break() throws IOException {
    write("one", "hunter2\n", "rw-------");
    write("two", " hunter2 \r\n", "r--------");
    write("three", "a\n\n", "rw-------");
    assertThat(read(SecretRef.Kind.FILE, "one").reveal()).isEqualTo("hunter2");
    assertThat(read(SecretRef.Kind.FILE, "two").reveal()).isEqualTo(" hunter2 ");
    assertThat(read(SecretRef.Kind.FILE, "three").reveal()).isEqualTo("a\n");
  }

  @Test
  void a_secret_that_cannot_be_read_is_explained_in_one_sentence() throws IOException {
    write("open", "hunter2", "rw-r-----");
    write("world", "hunter2", "rw----r--");
    write("empty", "\n", "rw-------");
    refused(
        SecretRef.Kind.ENV,
        "EMPTY",
        "The environment variable EMPTY is not set; set it where Holdfast is started.");
    refused(
        SecretRef.Kind.ENV,
        "NONE",
        "The environment variable NONE is not set; set it where Holdfast is started.");
    refused(
        SecretRef.Kind.FILE,
        "open",
        "The secret file open may be read or changed by other users; run: chmod 600 open.");
    refused(
        SecretRef.Kind.FILE,
        "world",
        "The secret file world may be read or changed by other users; run: chmod 600 world.");
    refused(
        SecretRef.Kind.FILE, "empty", "The secret file empty is empty; write the secret into it.");
    refused(
        SecretRef.Kind.FILE,
        "none",
        "The secret file none does not exist; create it with mode 600.");
    refused(SecretRef.Kind.AWS, "x", "No source reads secrets of kind AWS.");
  }

  private void refused(SecretRef.Kind kind, String name, String sentence) {
    assertThatThrownBy(() -> read(kind, name))
        .isInstanceOf(SecretMissingException.class)
        .hasMessage(sentence);
  }
}
