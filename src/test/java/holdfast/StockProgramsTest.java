package holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.Postgres;
import holdfast.harness.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Holdfast stores can be brought back without Holdfast. */
class StockProgramsTest {

  @TempDir Path folder;

  @Test
  void the_object_opens_with_the_stock_programs_and_every_row_is_there() throws Exception {
    String database = Sample.database();
    House.Wishes wishes = new House.Wishes();
    wishes.database = database;
    try (House house = House.of(wishes).start()) {
      assertThat(house.backup().failure()).isNull();
      Bucket bucket = new Bucket(house);
      String copy = database + "_stock";
      Postgres.run("postgres", "CREATE DATABASE \"" + copy + "\"");
      Files.createDirectory(folder.resolve("gpg"), mode("rwx------"));
      shell(
          house,
          """
          gpg="gpg --homedir $WORK/gpg --batch --quiet --pinentry-mode loopback"
          $gpg --passphrase-file $KEYS/operations.passphrase --import $KEYS/operations.secret.asc
          $gpg --import $KEYS/signing.public.asc
          get() { aws s3 cp --quiet "s3://$BUCKET/$1" -; }
          get %1$s | $gpg --trust-model always --passphrase-file $KEYS/operations.passphrase -d \
            | zstd -dc | pg_restore --no-owner -d %4$s
          get %2$s > $WORK/manifest.json
          get %3$s > $WORK/manifest.json.asc
          $gpg --trust-model always --verify $WORK/manifest.json.asc $WORK/manifest.json
          gpgconf --homedir $WORK/gpg --kill all
          """
              .formatted(
                  bucket.only("data.dump.zst.gpg"),
                  bucket.only("manifest.json"),
                  bucket.only("manifest.json.asc"),
                  copy));
      assertThat(Sample.checksums(copy)).isEqualTo(Sample.checksums(database));
      assertThat(Files.readString(folder.resolve("manifest.json")))
          .contains("\"public.users\" : 401");
    }
  }

  private void shell(House house, String script) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script);
    builder
        .environment()
        .putAll(
            Map.of(
                "WORK",
                folder.toString(),
                "KEYS",
                house.home.resolve("keys").toString(),
                "BUCKET",
                house.bucket,
                "AWS_ENDPOINT_URL",
                S3Server.shared().endpoint().toString(),
                "AWS_DEFAULT_REGION",
                S3Server.REGION,
                "AWS_ACCESS_KEY_ID",
                "any",
                "AWS_SECRET_ACCESS_KEY",
                "any",
                "AWS_RESPONSE_CHECKSUM_VALIDATION",
                "when_required",
                "PGHOST",
                Postgres.cluster().socketFolder().toString(),
                "PGUSER",
                Postgres.cluster().user()));
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }

  private static java.nio.file.attribute.FileAttribute<?> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
