package holdfast.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody to call. */
public record Contact(
    String name,
    String role,
    @Nullable String email,
    @Nullable String phone,
    List<String> deputies,
    Origin origin) {}
