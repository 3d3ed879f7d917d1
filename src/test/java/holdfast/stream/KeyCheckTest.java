package holdfast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.SamplePlan;
import holdfast.plan.Finding;
import holdfast.plan.Home;
import holdfast.plan.Installation;
import holdfast.plan.KeySpec;
import holdfast.plan.Plans;
import holdfast.plan.SecretRef;
import holdfast.stream.KeyMaker.Made;
import holdfast.stream.KeyMaker.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Each thing wrong with the keys is one finding at its line, and good keys are silence. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyCheckTest {

  private static final String HERE = "application.yml:30: ";

  @TempDir static Path folder;
  private Made operations;
  private Made escrow;
  private Made signing;
  private Map<String, Path> recipients;

  @BeforeAll
  void keys() {
    operations = make("operations", Use.ENCRYPT);
    escrow = make("escrow", Use.ENCRYPT);
    signing = make("signing", Use.SIGN);
    recipients = Map.of("operations", operations.publicFile(), "escrow", escrow.publicFile());
  }

  private static Made make(String name, Use use) {
    return KeyMaker.make(folder, name, use, Gpg.PASSPHRASE.toCharArray(), Ring.NOW);
  }

  private static List<String> findings(KeySpec spec) {
    return findings(spec, Ring.NOW);
  }

  private static List<String> findings(KeySpec spec, Instant now) {
    Plans sample = SamplePlan.plans(SamplePlan.asset());
    Installation all = sample.installation();
    Plans plans =
        new Plans(
            new Home(folder),
            new Installation(
                all.stores(),
                all.connections(),
                spec,
                all.channels(),
                all.senders(),
                all.journal(),
                all.scratch(),
                all.alarmRules(),
                all.address(),
                all.escalation()),
            sample.systems());
    return new KeyCheck(Ring.secrets(), InstantSource.fixed(now))
        .findings(plans).stream().map(Finding::toString).toList();
  }

  private KeySpec spec(@Nullable Path signingFile, @Nullable Path openingFile) {
    return Ring.spec(recipients, signingFile, openingFile);
  }

  @Test
  void good_keys_are_silence() {
    assertThat(findings(spec(signing.secretFile(), operations.secretFile()))).isEmpty();
    assertThat(findings(spec(signing.secretFile(), escrow.secretFile()))).isEmpty();
  }

  @Test
  void without_an_opening_key_proofs_will_not_prove() {
    assertThat(findings(spec(signing.secretFile(), null)))
        .containsExactly(
            HERE
                + "warning: No opening key is declared, so proofs will say COULD-NOT-VERIFY. Add holdfast.keys.opening with the secret key of one of the recipients.");
  }

  @Test
  void an_opening_key_that_opens_nothing_is_an_error() {
    Made stranger = make("stranger", Use.ENCRYPT);
    assertThat(findings(spec(signing.secretFile(), stranger.secretFile())))
        .containsExactly(
            HERE
                + "The opening key in %s opens nothing that is sealed to [operations, escrow]. Declare the secret key of one of them as holdfast.keys.opening, or add its public key to the recipients."
                    .formatted(stranger.secretFile()));
  }

  @Test
  void a_missing_recipient_is_said_once() {
    Path absent = folder.resolve("absent.public.asc");
    KeySpec spec =
        Ring.spec(
            Map.of("operations", operations.publicFile(), "escrow", absent),
            signing.secretFile(),
            operations.secretFile());
    assertThat(findings(spec))
        .containsExactly(
            HERE
                + "%s, which should hold the recipient key 'escrow', does not exist. Make it with 'holdfast key new' or mend holdfast.keys in application.yml."
                    .formatted(absent));
  }

  @Test
  void a_signing_key_that_is_missing_undeclared_or_locked() {
    Path absent = folder.resolve("absent.secret.asc");
    assertThat(findings(spec(absent, operations.secretFile())))
        .containsExactly(
            HERE
                + "%s, which should hold the signing key, does not exist. Make it with 'holdfast key new' or mend holdfast.keys in application.yml."
                    .formatted(absent));
    assertThat(findings(spec(null, operations.secretFile())))
        .containsExactly(
            HERE + "No signing key is declared. Add holdfast.keys.signing to application.yml.");
    KeySpec right = spec(signing.secretFile(), operations.secretFile());
    assertThat(
            findings(
                new KeySpec(
                    recipients,
                    right.signing(),
                    Ring.WRONG,
                    right.opening(),
                    Ring.RIGHT,
                    right.origin())))
        .containsExactly(
            HERE
                + "The declared passphrase does not unlock the signing key in %s. Mend the passphrase that holdfast.keys.signing refers to."
                    .formatted(signing.secretFile()));
  }

  @Test
  void secrets_that_others_can_read() throws IOException {
    Made open = make("open", Use.SIGN);
    Files.setPosixFilePermissions(open.secretFile(), PosixFilePermissions.fromString("rw-r--r--"));
    Path passphrase = Files.writeString(folder.resolve("open.passphrase"), Gpg.PASSPHRASE);
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-rw----"));
    KeySpec spec = spec(open.secretFile(), operations.secretFile());
    KeySpec withFile =
        new KeySpec(
            recipients,
            spec.signing(),
            Ring.RIGHT,
            spec.opening(),
            new SecretRef(SecretRef.Kind.FILE, "open.passphrase"),
            spec.origin());
    String mode = "warning: Other users of this host can read or change %s. Run: chmod 600 %s";
    assertThat(findings(withFile))
        .contains(
            HERE + mode.formatted(open.secretFile(), open.secretFile()),
            HERE + mode.formatted(passphrase, passphrase));
  }

  @Test
  void keys_that_expire_within_thirty_days_are_a_warning() throws IOException {
    try (Gpg gpg = new Gpg()) {
      String[] then = {"--faked-system-time", "20250101T000000!"};
      gpg.generate("brief", "ed25519", "cert,sign", "1y", then);
      gpg.addSubkey("brief", "cv25519", "encrypt", "1y", then);
      Path open = gpg.exportPublic("brief", folder.resolve("brief.public.asc"));
      Path secret = gpg.exportSecret("brief", folder.resolve("brief.secret.asc"));
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
      KeySpec spec =
          Ring.spec(
              Map.of("operations", open, "escrow", escrow.publicFile()),
              secret,
              escrow.secretFile());
      Instant end = Instant.parse("2026-01-01T00:00:00Z");
      assertThat(findings(spec, end.minus(Duration.ofDays(31)))).isEmpty();
      assertThat(findings(spec, end.minus(Duration.ofDays(29))))
          .containsExactly(
              HERE
                  + "warning: The key of recipient 'operations' in %s expires on 2026-01-01. Extend it and export it again, or put its successor there, before the backups stop."
                      .formatted(open),
              HERE
                  + "warning: The signing key in %s expires on 2026-01-01. Extend it and export it again, or put its successor there, before the backups stop."
                      .formatted(secret));
      assertThat(findings(spec, end.plusSeconds(1)))
          .containsExactly(
              HERE
                  + "The key of recipient 'operations' in %s expired on 2026-01-01. Extend it and export it again, or put its successor there."
                      .formatted(open),
              HERE
                  + "The signing key in %s is expired, revoked, too weak or not made for signing. Put a valid one there."
                      .formatted(secret));
    }
  }
}
