package holdfast.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What stands around the pages and the API: headers, the second port, the private file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Site site;

  @BeforeAll
  void open() {
    site = Site.open();
  }

  @AfterAll
  void close() {
    site.close();
  }

  @Test
  void every_answer_carries_the_headers_that_keep_browsers_strict() {
    for (String path : new String[] {"/login", "/api/v1/status", "/nowhere"}) {
      Map<String, List<String>> headers = site.browser().get(path).headers().map();
      assertThat(headers.get("content-security-policy"))
          .containsExactly(SecurityConfiguration.CONTENT_SECURITY_POLICY);
      assertThat(headers.get("x-frame-options")).containsExactly("DENY");
      assertThat(headers.get("x-content-type-options")).containsExactly("nosniff");
      assertThat(headers.get("referrer-policy")).containsExactly("no-referrer");
      assertThat(headers).doesNotContainKeys("server", "x-powered-by");
    }
    assertThat(SecurityConfiguration.CONTENT_SECURITY_POLICY)
        .startsWith("default-src 'none'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe", "http", "data:");
  }

  @Test
  void the_management_port_shows_health_without_details_and_metrics_and_nothing_else() {
    Browser monitor = new Browser(site.managementUrl());

    assertThat(ask(monitor, "/actuator/health").body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(ask(monitor, "/actuator/prometheus").body()).contains("holdfast_", "jvm_memory");
    for (String path :
        List.of(
            "/actuator", "/actuator/env", "/actuator/health/db", "/login", "/", "/api/v1/status")) {
      assertThat(ask(monitor, path).statusCode()).as(path).isIn(403, 404);
    }
    assertThat(site.browser().get("/actuator/health").statusCode()).isEqualTo(302);
    assertThat(
            site.browser()
                .send(
                    site.browser()
                        .request("/actuator/health")
                        .header("Authorization", "Bearer " + site.token(Role.ADMIN)))
                .statusCode())
        .isNotEqualTo(200);
  }

  @Test
  void the_command_line_finds_its_token_in_a_private_file_while_the_service_runs()
      throws IOException {
    Site other = Site.open();
    Path file = other.folder.resolve(".holdfast/service.json");
    JsonNode service = JSON.readTree(Files.readString(file));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(service.path("url").asText()).isEqualTo(other.url());
    assertThat(service.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    assertThat(
            other
                .browser()
                .send(
                    other
                        .browser()
                        .request("/api/v1/users")
                        .header("Authorization", "Bearer " + service.path("token").asText()))
                .statusCode())
        .isEqualTo(200);
    other.close();
    assertThat(file).doesNotExist();
  }

  private static HttpResponse<String> ask(Browser monitor, String path) {
    return monitor.send(monitor.request(path).setHeader("Accept", "*/*").GET());
  }
}
