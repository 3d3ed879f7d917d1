package holdfast.backup;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of a transfer.
 *
 * @param stall a transfer that moves no byte for this long is ended
 */
@ConfigurationProperties("holdfast.transfer")
public record BackupSettings(@DefaultValue("5m") Duration stall) {}
