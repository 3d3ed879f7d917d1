package holdfast.stream;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.Asset;
import holdfast.plan.Check;
import holdfast.plan.Finding;
import holdfast.plan.KeySpec;
import holdfast.plan.Plans;
import holdfast.plan.SecretRef;
import holdfast.plan.Secrets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the plan's keys would do tonight: every file is there and fit, what is sealed can be
 * opened again, what is signed verifies, nobody else can read a secret, and nothing expires soon.
 */
public final class KeyCheck implements Check {

  static final Duration SOON = Duration.ofDays(30);

  private static final byte[] SAMPLE =
      "What is sealed tonight must open tomorrow.".getBytes(StandardCharsets.UTF_8);
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Secrets secrets;
  private final InstantSource clock;

  public KeyCheck(Secrets secrets, InstantSource clock) {
    this.secrets = secrets;
    this.clock = clock;
  }

  @Override
  public List<Finding> findings(Plans plans) {
    KeySpec spec = plans.installation().keys();
    KeyRing keys = new KeyRing(spec, secrets, clock);
    List<Finding> findings = new ArrayList<>();
    Set<String> fit = new LinkedHashSet<>();
    for (String name : spec.recipients().keySet()) {
      recipient(spec, keys, name, findings).ifPresent(fit::add);
    }
    signing(spec, keys, findings);
    opening(plans, keys, fit, findings);
    former(spec, keys, findings);
    alone(plans).ifPresent(findings::add);
    secretFile(plans, spec.signing(), spec.signingPassphrase(), findings);
    if (!samePath(spec.signing(), spec.opening())) {
      secretFile(plans, spec.opening(), spec.openingPassphrase(), findings);
    }
    spec.former().forEach(key -> secretFile(plans, key.key(), key.passphrase(), findings));
    KeySpec.Locked escrow = spec.escrow();
    if (escrow != null) {
      secretFile(plans, escrow.key(), escrow.passphrase(), findings);
    }
    return List.copyOf(findings);
  }

  /** Of keys that end within a month. */
  public List<Finding> expiring(Plans plans) {
    KeySpec spec = plans.installation().keys();
    KeyRing keys = new KeyRing(spec, secrets, clock);
    List<Finding> all = new ArrayList<>();
    spec.recipients().keySet().forEach(name -> recipient(spec, keys, name, all));
    signing(spec, keys, all);
    return all.stream().filter(finding -> finding.level() == Finding.Level.WARNING).toList();
  }

  private static boolean samePath(@Nullable Path one, @Nullable Path other) {
    return one != null && one.equals(other);
  }

  private Optional<String> recipient(
      KeySpec spec, KeyRing keys, String name, List<Finding> findings) {
    try {
      Recipient found = keys.recipient(name);
      expiry(spec, "key of recipient '%s' in %s".formatted(name, found.file()), found.expires())
          .ifPresent(findings::add);
      return Optional.of(name);
    } catch (RunException e) {
      findings.add(error(spec, e));
      return Optional.empty();
    }
  }

  private Optional<Finding> expiry(KeySpec spec, String what, @Nullable Instant end) {
    if (end == null || end.isAfter(clock.instant().plus(SOON))) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.warning(
            spec.origin(),
            "The %s expires on %s.".formatted(what, end.toString().substring(0, 10)),
            "Extend it and export it again, or put its successor there, before the backups stop."));
  }

  private void signing(KeySpec spec, KeyRing keys, List<Finding> findings) {
    try {
      keys.verify(SAMPLE, keys.sign(SAMPLE));
      expiry(spec, "signing key in " + spec.signing(), keys.signingExpires())
          .ifPresent(findings::add);
    } catch (RunException e) {
      findings.add(error(spec, e));
    }
  }

  /** Seals to what each pipeline names and opens it again: nothing less shows that it works. */
  private void opening(Plans plans, KeyRing keys, Set<String> fit, List<Finding> findings) {
    KeySpec spec = plans.installation().keys();
    if (!keys.canOpen()) {
      findings.add(
          Finding.warning(
              spec.origin(),
              "No opening key is declared, so proofs will say COULD-NOT-VERIFY.",
              "Add holdfast.keys.opening with the secret key of one of the recipients."));
      return;
    }
    Set<String> told = new LinkedHashSet<>();
    for (List<String> recipients : pipelines(plans)) {
      if (fit.containsAll(recipients)) {
        roundTrip(keys, recipients)
            .filter(failure -> told.add(failure.code() + failure.subject()))
            .ifPresent(failure -> findings.add(unopened(spec, recipients, failure)));
      }
    }
  }

  private static void former(KeySpec spec, KeyRing keys, List<Finding> findings) {
    try {
      keys.requireFormer();
    } catch (RunException e) {
      findings.add(error(spec, e));
    }
  }

  /** What opens with one key alone is lost with it. */
  private static Optional<Finding> alone(Plans plans) {
    KeySpec spec = plans.installation().keys();
    return spec.escrow() != null
        ? Optional.empty()
        : plans.assets().stream()
            .filter(asset -> asset.pipeline().recipients().size() < 2)
            .findFirst()
            .map(
                asset ->
                    Finding.warning(
                        asset.origin(),
                        "The points of %s open with one key alone; with it they are lost."
                            .formatted(asset.id()),
                        "Add a second recipient whose secret key is kept elsewhere."));
  }

  private static Set<List<String>> pipelines(Plans plans) {
    Set<List<String>> distinct = new LinkedHashSet<>();
    for (Asset asset : plans.assets()) {
      distinct.add(asset.pipeline().recipients());
    }
    return distinct;
  }

  private static Optional<RunException> roundTrip(KeyRing keys, List<String> recipients) {
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    try {
      try (OutputStream seal = keys.seal(recipients, sealed)) {
        seal.write(SAMPLE);
      }
      try (InputStream opened = keys.open(new ByteArrayInputStream(sealed.toByteArray()))) {
        if (Arrays.equals(opened.readAllBytes(), SAMPLE)) {
          return Optional.empty();
        }
      }
    } catch (RunException e) {
      return Optional.of(e);
    } catch (IOException e) {
      return Optional.of(Damage.corrupt("key trial", e.toString(), e));
    }
    return Optional.of(Damage.corrupt("key trial", "what was opened is not what was sealed"));
  }

  private static Finding unopened(KeySpec spec, List<String> recipients, RunException failure) {
    if (failure.code() == Code.NO_KEY && failure.getMessage().startsWith(SessionKeys.NOT_FOR_US)) {
      return Finding.error(
          spec.origin(),
          "The opening key in %s opens nothing that is sealed to %s."
              .formatted(spec.opening(), recipients),
          "Declare the secret key of one of them as holdfast.keys.opening, or add its public key to the recipients.");
    }
    return error(spec, failure);
  }

  private static void secretFile(
      Plans plans, @Nullable Path key, @Nullable SecretRef passphrase, List<Finding> findings) {
    KeySpec spec = plans.installation().keys();
    if (key != null) {
      exposed(spec, key).ifPresent(findings::add);
    }
    if (passphrase != null && passphrase.kind() == SecretRef.Kind.FILE) {
      exposed(spec, plans.home().folder().resolve(passphrase.name())).ifPresent(findings::add);
    }
  }

  private static Optional<Finding> exposed(KeySpec spec, Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (Collections.disjoint(permissions, OTHERS)) {
        return Optional.empty();
      }
      return Optional.of(
          Finding.warning(
              spec.origin(),
              "Other users of this host can read or change %s.".formatted(file),
              "Run: chmod 600 %s".formatted(file)));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty(); // that it is not there was already said
    }
  }

  /** Our sentences say what, a colon, and how to mend it. */
  private static Finding error(KeySpec spec, RunException failure) {
    String sentence = failure.getMessage();
    int colon = sentence.lastIndexOf(": ");
    if (colon < 0) {
      return Finding.error(spec.origin(), sentence, "Run 'holdfast key check' again afterwards.");
    }
    String fix = sentence.substring(colon + 2);
    return Finding.error(
        spec.origin(),
        sentence.substring(0, colon) + ".",
        fix.substring(0, 1).toUpperCase(Locale.ROOT) + fix.substring(1));
  }
}
