package holdfast.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session whose account was changed or removed since, or that is older than a working day.
 */
final class SessionFilter extends OncePerRequestFilter {

  private static final Duration LONGEST = Duration.ofHours(12);
  private static final String BEGAN = "holdfast.began";

  private final Accounts accounts;
  private final InstantSource clock;

  SessionFilter(Accounts accounts, InstantSource clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication caller = SecurityContextHolder.getContext().getAuthentication();
    if (caller != null
        && caller.getPrincipal() instanceof SignedIn user
        && !holds(user, request.getSession())) {
      request.getSession().invalidate();
      SecurityContextHolder.clearContext();
    }
    chain.doFilter(request, response);
  }

  private boolean holds(SignedIn user, HttpSession session) {
    Instant now = clock.instant();
    if (session.getAttribute(BEGAN) == null) {
      session.setAttribute(BEGAN, now);
    }
    Instant end = ((Instant) session.getAttribute(BEGAN)).plus(LONGEST);
    return now.isBefore(end)
        && accounts
            .find(user.name())
            .filter(account -> account.stamp() == user.stamp())
            .isPresent();
  }
}
