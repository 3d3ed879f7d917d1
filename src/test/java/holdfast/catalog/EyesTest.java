package holdfast.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.SamplePlan;
import holdfast.journal.Run;
import holdfast.plan.Asset;
import holdfast.plan.KeySpec;
import holdfast.plan.Origin;
import holdfast.plan.Secret;
import holdfast.plan.SecretRef;
import holdfast.plan.SecretSource;
import holdfast.plan.Secrets;
import holdfast.stream.KeyMaker;
import holdfast.stream.KeyRing;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EyesTest {

  private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");
  private static final SecretRef PASSPHRASE = new SecretRef(SecretRef.Kind.ENV, "passphrase");
  private static final Asset ASSET = SamplePlan.asset();
  private static final Run RUN =
      new Run(
          "20261121T020000000-aaaaaa",
          Run.Kind.BACKUP,
          ASSET.id(),
          Run.State.RUNNING,
          "cli",
          "ada",
          null,
          4,
          null,
          NOW,
          null,
          null,
          null,
          null);

  @TempDir Path folder;
  private KeyRing keys;
  private Eyes eyes;

  @BeforeEach
  void real_keys() {
    Path operations = make("operations", KeyMaker.Use.ENCRYPT).publicFile();
    Path escrow = make("escrow", KeyMaker.Use.ENCRYPT).publicFile();
    Path signing = make("signing", KeyMaker.Use.SIGN).secretFile();
    KeySpec spec =
        new KeySpec(
            Map.of("operations", operations, "escrow", escrow),
            signing,
            PASSPHRASE,
            null,
            null,
            new Origin(Path.of("application.yml"), 1));
    keys = new KeyRing(spec, secrets(), InstantSource.fixed(NOW));
    eyes =
        new Eyes(
            keys,
            name -> {
              throw new IllegalStateException("every checksum is there, so no store is asked");
            });
  }

  @Test
  void a_manifest_signed_by_our_key_completes_the_evidence() {
    Ticket ticket = signed(manifest().json(), manifest().json());

    assertThat(Ruling.missing(ticket, eyes.apply(ticket))).isEmpty();
  }

  @Test
  void one_flipped_bit_of_the_manifest_or_its_signature_is_noticed() {
    byte[] flipped = manifest().json();
    flipped[flipped.length / 2] ^= 1;
    Ticket ticket = signed(manifest().json(), flipped);
    assertThat(eyes.apply(ticket).signatureProblem()).isNotNull();

    byte[] signature = keys.sign(manifest().json());
    signature[signature.length / 2] ^= 1;
    Ticket forged = ticket(manifest().json(), signature);
    assertThat(eyes.apply(forged).signatureProblem()).isNotNull();
    assertThat(Ruling.missing(forged, eyes.apply(forged)))
        .singleElement()
        .asString()
        .startsWith("a valid signature of the manifest");
  }

  private Ticket signed(byte[] document, byte[] stored) {
    return ticket(stored, keys.sign(document));
  }

  private Ticket ticket(byte[] manifest, byte[] signature) {
    Ticket whole = Shelf.complete(ASSET, RUN, NOW);
    Evidence evidence = whole.evidence();
    return whole.with(
        new Evidence(
            evidence.point(),
            evidence.facts(),
            evidence.source(),
            evidence.plain(),
            evidence.sealed(),
            evidence.receipts(),
            evidence.lost(),
            manifest,
            signature,
            NOW,
            NOW));
  }

  private Manifest manifest() {
    Manifest sample = Shelf.manifest(ASSET, RUN, NOW);
    return new Manifest(
        sample.schema(),
        sample.point(),
        sample.asset(),
        sample.parents(),
        sample.startedAt(),
        sample.endedAt(),
        sample.token(),
        sample.data(),
        sample.format(),
        sample.source(),
        sample.rows(),
        sample.pipeline(),
        sample.plain(),
        sample.sealed(),
        new Manifest.Keys(keys.fingerprints(ASSET.pipeline().recipients()), keys.signer()),
        sample.tools());
  }

  private KeyMaker.Made make(String name, KeyMaker.Use use) {
    return KeyMaker.make(folder.resolve("keys"), name, use, "correct horse".toCharArray(), NOW);
  }

  private static Secrets secrets() {
    return new Secrets(
        List.of(
            new SecretSource() {
              @Override
              public SecretRef.Kind kind() {
                return SecretRef.Kind.ENV;
              }

              @Override
              public Secret read(SecretRef ref) {
                return new Secret("correct horse");
              }
            }));
  }
}
