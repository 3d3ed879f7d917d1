package holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.custody.RecoveryKit;
import holdfast.harness.Postgres;
import holdfast.harness.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed is typed, on a machine with nothing of ours, and the data is there. */
class RecoveryKitTest {

  @TempDir Path folder;

  @Test
  void the_commands_of_the_kit_run_as_printed_bring_a_point_back_from_each_store()
      throws Exception {
    String database = Sample.database();
    House.Wishes wishes = new House.Wishes();
    wishes.database = database;
    wishes.stores = "    shelf: {kind: directory, path: %s}\n".formatted(folder.resolve("shelf"));
    wishes.storeNames = "primary, shelf";
    Files.createDirectory(folder.resolve("shelf"));
    try (House house = House.of(wishes).start()) {
      assertThat(house.backup().failure()).isNull();
      String kit = house.bean(RecoveryKit.class).text();
      assertThat(kit)
          .contains(house.point().id(), "bucket " + house.bucket, "prefix vault")
          .doesNotContain(house.text("keys/operations.passphrase"), "PRIVATE KEY");
      String chapter = kit.substring(kit.indexOf("roleferry/database"));
      List<String> stores = List.of(chapter.split("   From ")).subList(1, 3);
      for (String commands : stores) {
        run(house, "    gpg --import operations.secret.asc\n" + commands);
        assertThat(Sample.checksums(database + "_restored")).isEqualTo(Sample.checksums(database));
        Postgres.run("postgres", "DROP DATABASE \"%s_restored\"".formatted(database));
      }
      assertThat(kit).contains("    gpg --import operations.secret.asc\n");
    }
  }

  /** Whoever types them has put their keys there, and told gpg where the passphrase is. */
  private void run(House house, String text) throws IOException, InterruptedException {
    Path machine = Files.createTempDirectory(folder, "machine");
    Path ring = Files.createDirectory(machine.resolve("gnupg"));
    Files.setPosixFilePermissions(ring, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(
        ring.resolve("gpg.conf"),
        "batch\npinentry-mode loopback\npassphrase-file %s\n"
            .formatted(house.home.resolve("keys/operations.passphrase")));
    for (String key : List.of("operations.secret.asc", "signing.public.asc")) {
      Files.copy(house.home.resolve("keys").resolve(key), machine.resolve(key));
    }
    String typed = String.join("\n", text.lines().filter(line -> line.startsWith("    ")).toList());
    ProcessBuilder builder = new ProcessBuilder("bash", "-eu", "-c", typed);
    builder
        .environment()
        .putAll(
            Map.of(
                "GNUPGHOME",
                ring.toString(),
                "AWS_ACCESS_KEY_ID",
                "any",
                "AWS_SECRET_ACCESS_KEY",
                "any",
                "AWS_RESPONSE_CHECKSUM_VALIDATION",
                "when_required",
                "AWS_DEFAULT_REGION",
                S3Server.REGION,
                "PGHOST",
                Postgres.cluster().socketFolder().toString(),
                "PGUSER",
                Postgres.cluster().user()));
    Process process = builder.directory(machine.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(typed + "\n" + output).isZero();
    new ProcessBuilder("gpgconf", "--homedir", ring.toString(), "--kill", "all").start().waitFor();
  }
}
