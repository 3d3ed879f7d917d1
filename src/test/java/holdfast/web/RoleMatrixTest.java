package holdfast.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every endpoint there is, asked by every role and by nobody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoleMatrixTest {

  private Site site;
  private final Map<Role, String> tokens = new EnumMap<>(Role.class);
  private final Map<Role, Browser> browsers = new EnumMap<>(Role.class);

  private record Endpoint(String method, String path, HandlerMethod handler) {

    boolean api() {
      return path.startsWith("/api/");
    }

    String concrete() {
      return path.replace("{system}", "roleferry")
          .replace("{asset}", "database")
          .replaceAll("\\{[a-z]+}", "nothing-of-this-name");
    }
  }

  @BeforeAll
  void open() {
    site = Site.open();
    for (Role role : Role.values()) {
      tokens.put(role, site.token(role));
      Browser browser = site.browser();
      browser.login("owner-" + role.words(), site.user("owner-" + role.words(), role));
      browsers.put(role, browser);
    }
  }

  @AfterAll
  void close() {
    site.close();
  }

  @Test
  void every_endpoint_names_its_role_or_is_open_on_purpose() {
    assertThat(endpoints()).hasSizeGreaterThan(20);
    assertThat(endpoints())
        .filteredOn(endpoint -> !endpoint.handler().hasMethodAnnotation(Needs.class))
        .extracting(Endpoint::path)
        .containsOnly(
            "/login", "/error", "/incidents/{id}/ack", "/in/{sender}", "/in/slack/{channel}");
  }

  @Test
  void whatever_changes_something_needs_more_than_a_viewer() {
    assertThat(endpoints())
        .filteredOn(endpoint -> !endpoint.method().equals("GET"))
        .filteredOn(endpoint -> endpoint.handler().hasMethodAnnotation(Needs.class))
        .filteredOn(endpoint -> role(endpoint) == Role.VIEWER)
        .extracting(Endpoint::path)
        .containsOnly("/account/password");
  }

  @TestFactory
  Stream<DynamicTest> each_role_at_each_endpoint_of_the_api() {
    return guarded()
        .filter(Endpoint::api)
        .flatMap(
            endpoint ->
                Stream.of(Role.values())
                    .map(
                        role ->
                            DynamicTest.dynamicTest(
                                role + " " + endpoint.method() + " " + endpoint.path(),
                                () -> expect(endpoint, role, withToken(endpoint, role)))));
  }

  @TestFactory
  Stream<DynamicTest> each_role_at_each_page() {
    return guarded()
        .filter(endpoint -> !endpoint.api())
        .flatMap(
            endpoint ->
                Stream.of(Role.values())
                    .map(
                        role ->
                            DynamicTest.dynamicTest(
                                role + " " + endpoint.method() + " " + endpoint.path(),
                                () -> expect(endpoint, role, withSession(endpoint, role)))));
  }

  @TestFactory
  Stream<DynamicTest> nobody_passes_anywhere() {
    return guarded()
        .map(
            endpoint ->
                DynamicTest.dynamicTest(
                    endpoint.method() + " " + endpoint.path(),
                    () -> {
                      int status =
                          site.browser().send(request(endpoint, site.browser())).statusCode();
                      boolean refused =
                          endpoint.api()
                              ? status == 401 || status == 403
                              : status == 302 || status == 403;
                      assertThat(refused).as("status " + status).isTrue();
                    }));
  }

  private static void expect(Endpoint endpoint, Role role, int status) {
    if (role.includes(role(endpoint))) {
      assertThat(status).isNotIn(401, 403);
    } else {
      assertThat(status).isEqualTo(403);
    }
  }

  private int withToken(Endpoint endpoint, Role role) {
    Browser browser = site.browser();
    return browser
        .send(request(endpoint, browser).header("Authorization", "Bearer " + tokens.get(role)))
        .statusCode();
  }

  private int withSession(Endpoint endpoint, Role role) {
    Browser browser = browsers.get(role);
    return endpoint.method().equals("GET")
        ? browser.get(endpoint.concrete()).statusCode()
        : browser.submit("/", endpoint.concrete(), Map.of()).statusCode();
  }

  private static HttpRequest.Builder request(Endpoint endpoint, Browser browser) {
    return browser
        .request(endpoint.concrete())
        .header("Content-Type", "application/json")
        .method(
            endpoint.method(),
            endpoint.method().equals("GET")
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString("{}"));
  }

  private static Role role(Endpoint endpoint) {
    return endpoint.handler().getMethodAnnotation(Needs.class).value();
  }

  private Stream<Endpoint> guarded() {
    return endpoints().stream()
        .filter(endpoint -> endpoint.handler().hasMethodAnnotation(Needs.class));
  }

  private List<Endpoint> endpoints() {
    List<Endpoint> found = new ArrayList<>();
    site.context
        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach((info, handler) -> found.addAll(of(info, handler)));
    return found;
  }

  private static List<Endpoint> of(RequestMappingInfo info, HandlerMethod handler) {
    List<String> methods =
        info.getMethodsCondition().getMethods().isEmpty()
            ? List.of("GET")
            : info.getMethodsCondition().getMethods().stream().map(Enum::name).toList();
    return info.getPatternValues().stream()
        .flatMap(path -> methods.stream().map(method -> new Endpoint(method, path, handler)))
        .toList();
  }
}
