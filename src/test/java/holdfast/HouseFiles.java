package holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/** The operator's files of a {@link House}. */
final class HouseFiles {

  private static final String QUERY =
      "{name: users, sql: \"SELECT COUNT(*) FROM users\", table: public.users, min: 1}";

  private HouseFiles() {}

  static String application(House.Wishes wishes, S3Server s3) {
    return """
        holdfast:
          stores:
            primary:
              kind: s3
              bucket: %s
              prefix: vault
              region: us-east-1
              endpoint: %s
              path-style: true
              encryption: none
              access-key: {file: %s}
              secret-key: {file: %s}
        %s
          connections:
            prod: %s
        %s
          keys:
            recipients: {operations: keys/operations.public.asc%s}
            signing: {key: keys/signing.secret.asc, passphrase: {file: keys/signing.passphrase}}
        %s
          channels: {%s}
        %s
        """
        .formatted(
            wishes.bucket,
            wishes.s3Endpoint,
            s3.accessKeyFile(),
            s3.secretKeyFile(),
            wishes.stores,
            wishes.connection,
            wishes.extraConnections,
            wishes.extraRecipients,
            wishes.opening
                ? "    opening: {key: keys/operations.secret.asc, passphrase: {file: keys/operations.passphrase}}\n"
                    + wishes.keys
                : wishes.keys,
            wishes.channels,
            wishes.scratch);
  }

  static String system(House.Wishes wishes) {
    return """
        system: roleferry
        description: Job search and outreach platform
        plan: {version: "1.1", owner: DevOps Lead, last-review: 2026-10-13, next-review: 2027-01-13}
        components:
          - name: database
            description: PostgreSQL, the system of record
            priority: P0
            objectives: {rto: 2h, rpo: 24h, mttr: 1h, availability: 99.9%%}
        assets:
        %s
        contacts:
          - {name: DevOps Lead, role: coordinator, email: devops@roleferry.example, deputies: []}
        escalation:
          - {level: 1, after: 0m, contacts: [DevOps Lead], channels: [%s]}
        """
        .formatted(
            asset("database", wishes) + String.join("", wishes.moreAssets), wishes.channelNames);
  }

  /** An asset as the plan declares it. */
  static String asset(String name, House.Wishes wishes) {
    return """
          - name: %s
            component: database
            source: {kind: postgresql, connection: %s, database: "%s", content: full}
            pipeline: {compression: zstd, level: 3, recipients: [%s]}
            schedules:
              - {name: nightly, cron: "0 2 * * *", zone: UTC}
            stores: [%s]
            copies: {required: %d}
            verification:
              after-backup: %s
              statement-timeout: 5s
              count-limit: 10000
              queries: [%s]
            channels: [%s]
      """
        .formatted(
            name,
            wishes.connectionName,
            wishes.database,
            wishes.recipients,
            wishes.storeNames,
            wishes.requiredCopies,
            wishes.afterBackup,
            wishes.queries.isEmpty() ? QUERY : wishes.queries,
            wishes.channelNames);
  }

  /** A key that ended long ago, made by gpg. */
  static void expiredKey(Path keys) throws IOException, InterruptedException {
    Path ring = Files.createDirectory(keys.resolve("ring"));
    Files.setPosixFilePermissions(ring, PosixFilePermissions.fromString("rwx------"));
    String script =
        """
        gpg="gpg --homedir %1$s/ring --batch --quiet --pinentry-mode loopback --passphrase x"
        $gpg --faked-system-time 20200101T000000 --quick-generate-key expired rsa3072 encr 20210101T000000
        $gpg --armor --export expired > %1$s/expired.public.asc
        gpgconf --homedir %1$s/ring --kill all
        """
            .formatted(keys);
    Process process =
        new ProcessBuilder("bash", "-eu", "-c", script).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }
}
