package holdfast.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holdfast.absence.Watches;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What people and programs see of the watches, and of the kit on paper. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchesPageTest {

  private Site site;
  private Browser browser;

  @BeforeAll
  void open() {
    site = Site.open();
    browser = site.browser();
    browser.login("owner-operator", site.user("owner-operator", Role.OPERATOR));
  }

  @AfterAll
  void close() {
    site.close();
  }

  private JsonNode get(String path) throws IOException {
    Browser program = site.browser();
    HttpResponse<String> answer =
        program.send(
            program
                .request(path)
                .header("Authorization", "Bearer " + site.token(Role.VIEWER))
                .GET());
    assertThat(answer.statusCode()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  @Test
  void every_watch_is_there_with_its_last_look() throws IOException {
    site.bean(Watches.class).look();
    JsonNode looking = get("/api/v1/watches");
    List<String> names = looking.path("watches").findValuesAsText("name");
    assertThat(names)
        .containsExactly(
            "freshness",
            "duration",
            "disks",
            "channels",
            "queues",
            "alarm-tests",
            "missed",
            "paused",
            "unproven",
            "copies",
            "stores",
            "keys",
            "messages",
            "key-drills",
            "audit");
    assertThat(looking.path("watches"))
        .allSatisfy(
            line -> {
              assertThat(line.path("lookedAt").asText()).startsWith("2026-11-21T02:30:00");
              assertThat(line.path("blind").asBoolean()).isFalse();
            });
    assertThat(looking.path("heartbeat").isNull()).as("none is declared").isTrue();
  }

  @Test
  void the_page_shows_them_and_leads_to_the_kit() {
    site.bean(Watches.class).look();
    String page = browser.get("/").body();
    assertThat(page)
        .contains("All 15 watches look for what is absent", "Disks that are 80 % full", "/kit");
    assertThat(browser.get("/kit").body()).contains("HOLDFAST RECOVERY KIT", "roleferry/database");
  }
}
