package holdfast.backup;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of a transfer.
 *
 * @param stall a source that gives no byte for this long, while the stores would take one, is ended
 * @param storeWait how long a store that cannot be reached is waited for; what was sent before
 *     stays sent
 * @param spareStoreWait the same for a store that the point can do without
 * @param storePause before such a store is asked the second time; it doubles, up to 30 s
 */
@ConfigurationProperties("holdfast.transfer")
public record BackupSettings(
    @DefaultValue("5m") Duration stall,
    @DefaultValue("30m") Duration storeWait,
    @DefaultValue("2m") Duration spareStoreWait,
    @DefaultValue("1s") Duration storePause) {}
