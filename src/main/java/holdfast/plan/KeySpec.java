package holdfast.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenPGP keys, as files.
 *
 * @param recipients name to armored public key file; every point is sealed to the ones its pipeline
 *     names
 * @param signing armored secret key file that signs manifests and proofs
 * @param opening armored secret key file that opens points for proofs and restores; without it the
 *     verdict is COULD-NOT-VERIFY
 * @param former secret keys that open older points only
 * @param formerSigners public keys that signed older manifests
 * @param escrow the secret key that is kept for the day on which all others are lost; absent, it is
 *     not on this host, and its drill is made by hand
 */
public record KeySpec(
    Map<String, Path> recipients,
    @Nullable Path signing,
    @Nullable SecretRef signingPassphrase,
    @Nullable Path opening,
    @Nullable SecretRef openingPassphrase,
    List<Locked> former,
    List<Path> formerSigners,
    @Nullable Locked escrow,
    Origin origin) {

  /** Keys of which none was ever replaced, and without escrow on this host. */
  public KeySpec(
      Map<String, Path> recipients,
      @Nullable Path signing,
      @Nullable SecretRef signingPassphrase,
      @Nullable Path opening,
      @Nullable SecretRef openingPassphrase,
      Origin origin) {
    this(
        recipients,
        signing,
        signingPassphrase,
        opening,
        openingPassphrase,
        List.of(),
        List.of(),
        null,
        origin);
  }

  /** A secret key file, and what unlocks it. */
  public record Locked(Path key, @Nullable SecretRef passphrase) {}
}
