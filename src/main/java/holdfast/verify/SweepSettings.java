package holdfast.verify;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often stored copies are looked at again.
 *
 * @param readEvery every byte of every copy is read within this time
 * @param seenEvery every store is asked for every object within this time
 * @param pause before a copy is tried again whose store could not be reached
 */
@ConfigurationProperties("holdfast.sweep")
public record SweepSettings(
    @DefaultValue("30d") Duration readEvery,
    @DefaultValue("24h") Duration seenEvery,
    @DefaultValue("15m") Duration pause) {}
