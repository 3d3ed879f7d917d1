package holdfast.verify;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of a proof.
 *
 * @param room disk that a private scratch server may need, as a multiple of the dump's plain bytes
 */
@ConfigurationProperties("holdfast.proof")
record VerifySettings(@DefaultValue("2.5") double room) {}
