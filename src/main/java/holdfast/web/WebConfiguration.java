package holdfast.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.server.Cookie.SameSite;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.server.ConfigurableServletWebServerFactory;
import org.springframework.boot.web.servlet.server.CookieSameSiteSupplier;
import org.springframework.boot.web.servlet.server.Session;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.web.accept.FixedContentNegotiationStrategy;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.AbstractHandlerExceptionResolver;
import org.springframework.web.servlet.handler.HandlerExceptionResolverComposite;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/** How pages and API are served. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@PropertySource("classpath:web/defaults.properties")
class WebConfiguration implements WebMvcConfigurer {

  private static final Duration A_YEAR = Duration.ofDays(365);

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new RoleGate());
  }

  /** The API answers JSON and the pages HTML, whatever a request says it accepts. */
  @Override
  public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
    negotiation.strategies(List.of(new FixedContentNegotiationStrategy(MediaType.ALL)));
  }

  /** A caller's mistake is told to the caller, not to the log. */
  @Override
  public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
    for (HandlerExceptionResolver resolver : resolvers) {
      if (resolver instanceof HandlerExceptionResolverComposite several) {
        extendHandlerExceptionResolvers(several.getExceptionResolvers());
      } else if (resolver instanceof AbstractHandlerExceptionResolver one) {
        one.setWarnLogCategory("");
      }
    }
  }

  /** The name of a file holds the hash of its content, so it may be kept for long. */
  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/web/**")
        .addResourceLocations("classpath:/web/files/")
        .setCacheControl(CacheControl.maxAge(A_YEAR).cachePublic().immutable())
        .resourceChain(true)
        .addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
  }

  /** Requests are read strictly: what we do not know is a mistake of whoever sent it. */
  @Override
  public void extendMessageConverters(List<HttpMessageConverter<?>> converters) {
    for (HttpMessageConverter<?> converter : converters) {
      if (converter instanceof MappingJackson2HttpMessageConverter jackson) {
        ObjectMapper strict =
            jackson
                .getObjectMapper()
                .copy()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        jackson.setObjectMapper(strict);
      }
    }
  }

  @Bean
  ResourceUrlEncodingFilter resourceUrlEncodingFilter() {
    return new ResourceUrlEncodingFilter();
  }

  /** Lax: a link in a message opens the page for whoever is signed in; forms carry a CSRF token. */
  @Bean
  CookieSameSiteSupplier sameSite() {
    return CookieSameSiteSupplier.of(SameSite.LAX);
  }

  @Bean
  WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> sessionCookie() {
    return factory -> {
      Session session = new Session();
      session.getCookie().setName("holdfast");
      session.getCookie().setHttpOnly(true);
      session.setTrackingModes(Set.of(Session.SessionTrackingMode.COOKIE));
      factory.setSession(session);
    };
  }
}
