package holdfast.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/** Knows programs by the token in their Authorization header, for one request. */
final class BearerFilter extends OncePerRequestFilter {

  private static final String SCHEME = "Bearer ";
  private static final int TOKEN_MAX = 200;

  private final Tokens tokens;
  private final ServiceToken service;

  BearerFilter(Tokens tokens, ServiceToken service) {
    this.tokens = tokens;
    this.service = service;
  }

  static boolean carriesToken(HttpServletRequest request) {
    return request.getHeader(HttpHeaders.AUTHORIZATION) != null;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null && header.startsWith(SCHEME) && header.length() <= TOKEN_MAX) {
      recognise(header.substring(SCHEME.length()))
          .ifPresent(caller -> SecurityContextHolder.setContext(new SecurityContextImpl(caller)));
    }
    chain.doFilter(request, response);
  }

  private Optional<Authentication> recognise(String secret) {
    return service.is(secret)
        ? Optional.of(caller(ServiceToken.ACTOR, Role.ADMIN))
        : tokens
            .recognise(secret)
            .map(token -> caller(token.owner() + " by token " + token.name(), token.role()));
  }

  private static Authentication caller(String name, Role role) {
    return new UsernamePasswordAuthenticationToken(
        name, null, List.of(new SimpleGrantedAuthority(role.authority())));
  }
}
