package holdfast.web;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** Who is asking, as far as endpoints need to know. */
final class Caller {

  private Caller() {}

  static Optional<Role> role(@Nullable Authentication caller) {
    return caller == null || !caller.isAuthenticated()
        ? Optional.empty()
        : caller.getAuthorities().stream()
            .flatMap(
                authority ->
                    Arrays.stream(Role.values())
                        .filter(role -> role.authority().equals(authority.getAuthority())))
            .max(Comparator.naturalOrder());
  }
}
