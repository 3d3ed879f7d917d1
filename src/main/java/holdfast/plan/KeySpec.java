package holdfast.plan;

import java.nio.file.Path;
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
 */
public record KeySpec(
    Map<String, Path> recipients,
    @Nullable Path signing,
    @Nullable SecretRef signingPassphrase,
    @Nullable Path opening,
    @Nullable SecretRef openingPassphrase,
    Origin origin) {}
