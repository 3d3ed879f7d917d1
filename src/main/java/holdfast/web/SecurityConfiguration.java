package holdfast.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import holdfast.plan.Home;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.context.support.WebApplicationContextUtils;

/** Four doors: monitoring, events, programs with a token, people with a session. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableWebSecurity
class SecurityConfiguration {

  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final RequestMatcher API =
      request -> request.getRequestURI().startsWith(request.getContextPath() + "/api/");

  @Bean
  Refusals refusals(ObjectMapper json) {
    return new Refusals(json);
  }

  @Bean
  FilterRegistrationBean<BodyLimit> bodyLimit(Refusals refusals) {
    FilterRegistrationBean<BodyLimit> filter =
        new FilterRegistrationBean<>(new BodyLimit(refusals));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  /** A command that works alone names a file of its own, so that nobody takes it for a service. */
  @Bean
  ServiceToken serviceToken(
      Home home,
      ObjectMapper json,
      Tokens tokens,
      @Value("${holdfast.service-file:}") String file) {
    Path place = file.isEmpty() ? home.state().resolve("service.json") : Path.of(file);
    return new ServiceToken(place, json, tokens.random());
  }

  /** The management port: two endpoints to look at, nothing else. */
  @Bean
  @Order(1)
  SecurityFilterChain monitoring(HttpSecurity http) throws Exception {
    RequestMatcher managementPort =
        request ->
            WebServerApplicationContext.hasServerNamespace(
                WebApplicationContextUtils.getWebApplicationContext(request.getServletContext()),
                "management");
    return hardened(http)
        .securityMatcher(managementPort)
        .authorizeHttpRequests(
            paths ->
                paths
                    .requestMatchers(EndpointRequest.to("health", "prometheus"))
                    .permitAll()
                    .anyRequest()
                    .denyAll())
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .exceptionHandling(
            e -> e.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.NOT_FOUND)))
        .build();
  }

  /** Events: whoever sends one proves itself to the guard of its route, and to nobody before. */
  @Bean
  @Order(2)
  SecurityFilterChain events(HttpSecurity http) throws Exception {
    return hardened(http)
        .securityMatcher(EventDoor::isFor)
        .authorizeHttpRequests(paths -> paths.anyRequest().permitAll())
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .requestCache(RequestCacheConfigurer::disable)
        .build();
  }

  /**
   * Programs: a token with every request, no session, so nothing that a foreign page could ride.
   */
  @Bean
  @Order(3)
  SecurityFilterChain programs(
      HttpSecurity http, Tokens tokens, ServiceToken service, Refusals refusals) throws Exception {
    RequestMatcher withToken =
        request -> API.matches(request) && BearerFilter.carriesToken(request);
    return hardened(http)
        .securityMatcher(withToken)
        .authorizeHttpRequests(paths -> paths.anyRequest().authenticated())
        .addFilterBefore(new BearerFilter(tokens, service), AuthorizationFilter.class)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .exceptionHandling(e -> e.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .build();
  }

  /** People: a session after the login form; the API answers them too, with the CSRF token. */
  @Bean
  @Order(4)
  SecurityFilterChain people(
      HttpSecurity http, Accounts accounts, Refusals refusals, InstantSource clock)
      throws Exception {
    return hardened(http)
        .authorizeHttpRequests(
            paths ->
                paths
                    .dispatcherTypeMatchers(jakarta.servlet.DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers(HttpMethod.GET, "/login", "/web/**")
                    .permitAll()
                    .requestMatchers("/incidents/*/ack")
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .formLogin(
            form ->
                form.loginPage("/login").defaultSuccessUrl("/").failureHandler(new LoginFailed()))
        .logout(out -> out.logoutSuccessUrl("/login?out"))
        .requestCache(cache -> cache.requestCache(wanted()))
        .addFilterBefore(
            new SessionFilter(accounts, clock), UsernamePasswordAuthenticationFilter.class)
        .exceptionHandling(
            e ->
                e.authenticationEntryPoint(signInFirst(refusals))
                    .accessDeniedHandler(
                        (request, response, failure) -> {
                          if (API.matches(request)) {
                            refusals.handle(request, response, failure);
                          } else {
                            response.sendError(HttpStatus.FORBIDDEN.value());
                          }
                        }))
        .build();
  }

  private static AuthenticationEntryPoint signInFirst(Refusals refusals) {
    AuthenticationEntryPoint form = new LoginUrlAuthenticationEntryPoint("/login");
    return (request, response, failure) -> {
      AuthenticationEntryPoint entry = API.matches(request) ? refusals : form;
      entry.commence(request, response, failure);
    };
  }

  /** Remembers the page that somebody wanted before signing in, without a mark in its address. */
  private static HttpSessionRequestCache wanted() {
    HttpSessionRequestCache cache = new HttpSessionRequestCache();
    cache.setMatchingRequestParameterName(null);
    return cache;
  }

  private static HttpSecurity hardened(HttpSecurity http) throws Exception {
    return http.headers(
        headers ->
            headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .crossOriginOpenerPolicy(Customizer.withDefaults())
                .permissionsPolicyHeader(
                    policy -> policy.policy("camera=(), geolocation=(), microphone=()")));
  }
}
