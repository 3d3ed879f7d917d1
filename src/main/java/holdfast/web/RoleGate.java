package holdfast.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets a request reach an endpoint only with the role that the endpoint names. */
final class RoleGate implements HandlerInterceptor {

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method
        && request.getDispatcherType() != DispatcherType.ERROR
        && !method.hasMethodAnnotation(Open.class)
        && !allowed(method.getMethodAnnotation(Needs.class))) {
      throw new AccessDeniedException("This needs another role.");
    }
    return true;
  }

  private static boolean allowed(@Nullable Needs needs) {
    return needs != null
        && Caller.role(SecurityContextHolder.getContext().getAuthentication())
            .filter(role -> role.includes(needs.value()))
            .isPresent();
  }
}
