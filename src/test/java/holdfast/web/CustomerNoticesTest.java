package holdfast.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import holdfast.harness.Chromium;
import holdfast.incident.CustomerNotice;
import holdfast.incident.CustomerNotices;
import holdfast.incident.Incidents;
import holdfast.incident.Notice;
import holdfast.incident.Opening;
import holdfast.journal.Audit;
import holdfast.journal.Outbox.Entry;
import holdfast.journal.RunException;
import holdfast.plan.ChannelSpec;
import holdfast.plan.Origin;
import holdfast.plan.SecretRef;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What customers are told: drafted by one, approved by another, sent once, never changed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomerNoticesTest {

  private static final Origin ORIGIN = new Origin(Path.of("application.yml"), 1);
  private static final SecretRef SECRET = new SecretRef(SecretRef.Kind.ENV, "NONE");
  private static final ChannelSpec.Reach REACH =
      new ChannelSpec.Reach(Set.of(Severity.values()), null);
  private static final CustomerNotice.Text TEXT =
      new CustomerNotice.Text(
          "Notice of an incident", "Dear customers,\n\nlogins failed.", List.of("page", "mail"));

  private Site site;
  private Chromium chromium;
  private CustomerNotices notices;
  private String incident;

  @BeforeAll
  void open() {
    Map<String, ChannelSpec> channels = new LinkedHashMap<>();
    channels.put("ops-slack", new ChannelSpec.Slack("ops-slack", SECRET, REACH, ORIGIN));
    channels.put("page", new ChannelSpec.StatusPage("page", "page1", SECRET, null, REACH, ORIGIN));
    channels.put(
        "mail",
        new ChannelSpec.Email(
            "mail",
            "127.0.0.1",
            25,
            ChannelSpec.Security.NONE,
            null,
            null,
            "a@b.example",
            List.of("c1@customer.example", "c2@customer.example"),
            REACH,
            ORIGIN));
    site = Site.open(channels, null);
    chromium = new Chromium();
    notices = site.bean(CustomerNotices.class);
    Stream.of("anna", "ben").forEach(name -> site.user(name, Role.ADMIN));
    site.user("oscar", Role.OPERATOR);
    site.user("vera", Role.VIEWER);
  }

  @AfterAll
  void close() {
    chromium.close();
    site.close();
  }

  @BeforeEach
  void somethingIsWrong() {
    incident =
        site.bean(Incidents.class)
            .open(
                new Opening(
                    "roleferry",
                    Severity.CRITICAL,
                    Situation.SECURITY,
                    "The secret of the pool leaked",
                    "inside only",
                    "oscar"));
  }

  private List<Entry> sent() {
    return site.node.outbox().ofIncident(incident).stream()
        .filter(entry -> Notice.read(entry.event()).type() == Notice.Type.CUSTOMER)
        .toList();
  }

  @Test
  void nothing_is_sent_before_an_approval_and_exactly_the_approved_words_once_after() {
    String id = notices.draft(incident, TEXT, "oscar");
    CustomerNotice.Text better =
        new CustomerNotice.Text(TEXT.title(), TEXT.body() + "\nIt is over.", TEXT.channels());
    notices.write(id, 1, better, "oscar");
    assertThat(sent()).isEmpty();
    assertThatThrownBy(() -> notices.approve(id, 1, "anna"))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("changed meanwhile");
    assertThat(sent()).isEmpty();

    notices.approve(id, 2, "anna");
    assertThat(sent()).extracting(Entry::channel).containsExactly("page", "mail");
    assertThat(sent())
        .allSatisfy(
            entry -> {
              Notice notice = Notice.read(entry.event());
              assertThat(notice.title()).isEqualTo(TEXT.title());
              assertThat(notice.sentence()).isEqualTo(better.body());
              assertThat(entry.event()).doesNotContain("leaked", "inside only");
            });
    assertThatThrownBy(() -> notices.approve(id, 2, "ben")).hasMessageContaining("is decided");
    assertThatThrownBy(() -> notices.write(id, 2, TEXT, "oscar"))
        .hasMessageContaining("is decided");
    assertThatThrownBy(() -> notices.discard(id, "oscar")).hasMessageContaining("is decided");
    assertThatThrownBy(
            () ->
                site.node
                    .transaction()
                    .run(
                        () ->
                            site.node
                                .transaction()
                                .sql("UPDATE customer_notices SET body = 'other' WHERE id = :id")
                                .param("id", id)
                                .update()))
        .hasStackTraceContaining("is kept as it is");
    assertThat(sent()).hasSize(2);
    assertThat(notices.find(id).orElseThrow().decidedBy()).isEqualTo("anna");
    assertThat(audit("customer-notice.approved"))
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEqualTo("anna");
              assertThat(entry.detail()).contains("oscar", "sha256", "page");
            });
    assertThat(site.bean(Incidents.class).timeline(incident))
        .extracting(entry -> entry.actor() + ": " + entry.text())
        .contains(
            "oscar: A notice for customers was drafted; it waits for an approval.",
            "anna: The notice for customers was approved and sent through page, mail.");
  }

  @Test
  void two_who_approve_at_once_send_it_once() {
    String id = notices.draft(incident, TEXT, "oscar");
    long approved =
        Stream.of("anna", "ben", "anna", "ben")
            .map(
                who ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            notices.approve(id, 1, who);
                            return 1;
                          } catch (RunException refused) {
                            return 0;
                          }
                        }))
            .toList()
            .stream()
            .mapToInt(CompletableFuture::join)
            .sum();
    assertThat(approved).isEqualTo(1);
    assertThat(sent()).hasSize(2);
  }

  @Test
  void who_wrote_it_last_does_not_approve_it_and_gaps_and_lost_channels_are_refused() {
    String id = notices.draft(incident, TEXT, "oscar");
    notices.write(
        id, 1, new CustomerNotice.Text("T", "Dear [name], hello", TEXT.channels()), "anna");
    assertThatThrownBy(() -> notices.approve(id, 2, "anna")).hasMessageContaining("another admin");
    assertThatThrownBy(() -> notices.approve(id, 2, "ben")).hasMessageContaining("[name]");
    notices.write(id, 2, new CustomerNotice.Text("T", "Dear all", List.of()), "anna");
    assertThatThrownBy(() -> notices.approve(id, 3, "ben")).hasMessageContaining("no channel");
    assertThatThrownBy(
            () ->
                notices.write(
                    id, 3, new CustomerNotice.Text("T", "x", List.of("ops-slack")), "anna"))
        .hasMessage("'ops-slack' cannot carry a notice for customers; these can: page, mail.");
    assertThatThrownBy(
            () ->
                notices.write(
                    id, 3, new CustomerNotice.Text("T", "x".repeat(3001), List.of()), "anna"))
        .hasMessageContaining("1 to 3000");
    notices.discard(id, "oscar");
    assertThatThrownBy(() -> notices.approve(id, 3, "ben")).hasMessageContaining("is decided");
    assertThat(sent()).isEmpty();
  }

  @Test
  void whoever_got_a_notice_for_customers_hears_nothing_else_of_the_incident() {
    String id =
        notices.draft(incident, new CustomerNotice.Text("T", "Dear all", List.of("mail")), "oscar");
    notices.approve(id, 1, "anna");
    site.bean(Incidents.class).acknowledge(incident, "oscar", "page");
    site.bean(Incidents.class).resolve(incident, "oscar", "rotated the secret");
    assertThat(site.node.outbox().ofIncident(incident))
        .filteredOn(entry -> entry.channel().equals("mail"))
        .hasSize(1);
    assertThat(site.node.outbox().ofIncident(incident))
        .filteredOn(entry -> entry.channel().equals("ops-slack"))
        .as("those inside do hear")
        .hasSizeGreaterThan(2);
  }

  @Test
  void programs_need_the_role_too_and_an_approval_somebody_with_a_name() throws IOException {
    Api operator = new Api(site.token(Role.OPERATOR));
    HttpResponse<String> drafted = operator.post("", "{\"channels\":[\"page\"]}");
    assertThat(drafted.statusCode()).isEqualTo(201);
    assertThat(drafted.body())
        .contains("[what happened, in plain words]", "Began: ")
        .doesNotContain("leaked", "inside only");
    String id = notices.of(incident).get(0).id();
    String text = "{\"version\":1,\"title\":\"T\",\"body\":\"Dear all\",\"channels\":[\"page\"]}";
    assertThat(new Api(site.token(Role.VIEWER)).post("/" + id, text).statusCode()).isEqualTo(403);
    assertThat(operator.post("/" + id, text).statusCode()).isEqualTo(200);
    String approval = "{\"version\":2}";
    assertThat(operator.post("/" + id + "/approve", approval).statusCode()).isEqualTo(403);
    assertThat(sent()).isEmpty();
    HttpResponse<String> nameless = new Api(service()).post("/" + id + "/approve", approval);
    assertThat(nameless.statusCode()).isEqualTo(409);
    assertThat(nameless.body()).contains("somebody with a name");
    assertThat(sent()).isEmpty();
    assertThat(new Api(site.token(Role.ADMIN)).post("/" + id + "/approve", approval).statusCode())
        .isEqualTo(200);
    assertThat(sent()).hasSize(1);
  }

  /** What the command line of this machine shows. */
  private String service() throws IOException {
    return new ObjectMapper()
        .readTree(site.folder.resolve(".holdfast/service.json").toFile())
        .path("token")
        .asText();
  }

  private final class Api {

    private final String token;
    private final Browser browser = site.browser();

    Api(String token) {
      this.token = token;
    }

    HttpResponse<String> post(String path, String body) {
      return browser.send(
          browser
              .request("/api/v1/incidents/" + incident + "/notices" + path)
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body)));
    }
  }

  private Audit.Entry audit(String action) {
    return site.node.audit().newest(20).stream()
        .filter(entry -> entry.action().equals(action))
        .findFirst()
        .orElseThrow();
  }

  private Page at(String name, Role role, int width) {
    Page page = chromium.page(width, ColorScheme.LIGHT, true);
    page.navigate(site.url() + "/login");
    page.getByLabel("User name").fill(name);
    page.getByLabel("Password").fill(site.user(name, role));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
    page.navigate(site.url() + "/incidents/" + incident);
    return page;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void one_writes_and_another_approves_on_the_page(int width) {
    Page oscar = at("oscar", Role.OPERATOR, width);
    button(oscar, "Draft a notice for customers").click();
    assertThat(oscar.locator("#notices + article")).containsText("draft, not sent");
    assertThat(button(oscar, "Approve and send")).hasCount(0);
    oscar.getByText("Change the draft").click();
    oscar.getByLabel("What customers read").fill("Dear customers,\n\nlogins failed <b>.\nSorry.");
    oscar.getByLabel("page").check();
    button(oscar, "Keep").first().click();
    assertThat(oscar.locator("#notices + article")).containsText("Through page.");
    Chromium.shoot(oscar, "notice-draft-" + width);
    assertThat(Chromium.scrollsSideways(oscar)).isFalse();
    assertThat(sent()).isEmpty();

    Page vera = at("vera", Role.VIEWER, width);
    assertThat(vera.locator("#notices + article")).containsText("logins failed <b>.");
    assertThat(vera.locator("main form")).hasCount(0);

    Page anna = at("anna", Role.ADMIN, width);
    button(anna, "Approve and send").click();
    assertThat(anna.locator("#notices + article")).containsText("sent");
    assertThat(anna.locator("#notices + article")).containsText("approved by anna");
    Chromium.shoot(anna, "notice-sent-" + width);
    assertThat(anna.getByText("Change the draft")).hasCount(0);
    assertThat(sent()).hasSize(1);
    assertThat(Notice.read(sent().get(0).event()).sentence())
        .isEqualTo("Dear customers,\n\nlogins failed <b>.\nSorry.");
    assertThat(chromium.complaints()).isEmpty();
    assertThat(Chromium.scrollsSideways(anna)).isFalse();
  }
}
