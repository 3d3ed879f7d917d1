package holdfast.web;

import holdfast.journal.Audit;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Looks at name and password, no oftener than {@link LoginGuard} allows. */
final class Door implements AuthenticationProvider {

  /** The door stays shut for a while, whatever the password. */
  static final class Shut extends LockedException {

    @Serial private static final long serialVersionUID = 1L;

    private final Duration wait;

    Shut(Duration wait) {
      super("Too many attempts");
      this.wait = wait;
    }

    Duration left() {
      return wait;
    }
  }

  private final Accounts accounts;
  private final LoginGuard guard;
  private final PasswordEncoder encoder;
  private final Audit audit;

  /** Compared with when there is no such account, so that both answers take as long. */
  private final String nobody;

  Door(Accounts accounts, LoginGuard guard, PasswordEncoder encoder, Audit audit) {
    this.audit = audit;
    this.accounts = accounts;
    this.guard = guard;
    this.encoder = encoder;
    this.nobody = encoder.encode("nobody");
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    String name = attempt.getName();
    String address =
        attempt.getDetails() instanceof WebAuthenticationDetails details
            ? details.getRemoteAddress()
            : "unknown";
    Duration wait = guard.charge(name, address);
    if (!wait.isZero()) {
      throw new Shut(wait);
    }
    Account account = enter(name, String.valueOf(attempt.getCredentials()));
    guard.refund(name, address);
    audit.append(account.name(), "session.begin", account.name(), Map.of("address", address));
    return signedIn(account);
  }

  private Account enter(String name, String password) {
    Optional<String> encoded = accounts.encodedPassword(name);
    boolean right =
        password.length() <= Accounts.PASSWORD_MAX_BYTES
            && encoder.matches(password, encoded.orElse(nobody));
    return encoded
        .filter(known -> right)
        .flatMap(known -> accounts.find(name))
        .orElseThrow(() -> new BadCredentialsException("Wrong user name or password"));
  }

  /** The session's own record of who signed in and with which version of the account. */
  static Authentication signedIn(Account account) {
    return new UsernamePasswordAuthenticationToken(
        new SignedIn(account.name(), account.stamp()),
        null,
        List.of(new SimpleGrantedAuthority(account.role().authority())));
  }

  @Override
  public boolean supports(Class<?> kind) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
  }
}
