package holdfast.plan;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** How to reach AWS; without keys, the SDK's default provider chain is asked. */
public record AwsAccess(
    String region,
    @Nullable URI endpoint,
    @Nullable SecretRef accessKey,
    @Nullable SecretRef secretKey) {}
