package holdfast.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.alarm.Post;
import holdfast.harness.HeaderProbe;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Known ways to steer Camel from outside, each by the number of its advisory, through the real
 * door. The version in use still has most of these faults; what keeps them out is that nothing of a
 * request but its body goes on. Each test shows besides that the route itself would carry the
 * header, so that without the door it would be there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeaderInjectionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final byte[] EVENT = "{}".getBytes(StandardCharsets.UTF_8);
  private static final int ACCEPTED = 202;

  private static final String MARK = "planted-by-a-stranger";
  private static final String SHOWN = "planted-past-the-door";

  private final HeaderProbe probe = new HeaderProbe(MARK);
  private final HeaderProbe control = new HeaderProbe(SHOWN);
  private OpenDoor door;
  private CamelContext camel;

  @BeforeAll
  void open() throws IOException {
    door = new OpenDoor();
    camel = door.context.getBean(CamelContext.class);
    for (HeaderProbe one : List.of(probe, control)) {
      camel.getManagementStrategy().addEventNotifier(one);
      one.start();
    }
  }

  @AfterAll
  void close() throws IOException {
    door.close();
  }

  /** What is sent with these headers planted somewhere in it. */
  private interface Sending {
    HttpResponse<String> send() throws IOException, InterruptedException;
  }

  private void assertKeptOut(List<String> names, Sending sending) throws Exception {
    assertThat(sending.send().statusCode()).isEqualTo(ACCEPTED);
    await().atMost(PATIENCE).until(() -> waiting() == 0);
    assertThat(probe.saw("alarm-webhook")).as("the event went through its route").isTrue();
    assertThat(probe.reached()).isZero();

    long before = control.reached();
    Post post = new Post("monitor", EVENT, Map.of("authorization", "Bearer " + Station.TOKEN));
    try (ProducerTemplate routes = camel.createProducerTemplate()) {
      routes.send(
          "direct:alarm-webhook",
          message -> {
            message.getIn().setBody(post);
            names.forEach(name -> message.getIn().setHeader(name, SHOWN));
          });
    }
    assertThat(control.reached()).as("without the door").isGreaterThan(before);
  }

  private static Map<String, String> planted(List<String> names) {
    return names.stream().collect(Collectors.toMap(name -> name, name -> MARK));
  }

  private static String parameters(List<String> names) {
    return names.stream().map(name -> name + "=" + MARK).collect(Collectors.joining("&"));
  }

  private long waiting() {
    return JdbcClient.create(door.context.getBean("journal", DataSource.class))
        .sql("SELECT count(*) FROM receipts WHERE state = 'WAITING'")
        .query(Long.class)
        .single();
  }

  @Test
  void cve_2025_27636_a_header_in_an_odd_spelling_steers_nothing() throws Exception {
    List<String> names = List.of("CAmelExecCommandExecutable", "cAMELHttpUri", "camelsqlquery");
    assertKeptOut(names, () -> door.send("monitor", EVENT, planted(names)));
  }

  @Test
  void cve_2025_29891_a_parameter_of_the_address_or_of_a_form_steers_nothing() throws Exception {
    List<String> names = List.of("CAmelExecCommandExecutable", "CamelHttpUri");
    assertKeptOut(names, () -> door.send("monitor?" + parameters(names), EVENT, Map.of()));
    assertKeptOut(
        names,
        () ->
            door.send(
                "monitor",
                parameters(names).getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/x-www-form-urlencoded")));
  }

  @Test
  void cve_2025_30177_headers_are_kept_out_on_the_way_in_and_on_the_way_out() throws Exception {
    List<String> names = List.of("CamelBeanMethodName", "CAmelHttpResponseCode", "camelFileName");
    assertKeptOut(
        names,
        () -> {
          HttpResponse<String> answer = door.send("monitor", EVENT, planted(names));
          assertThat(answer.headers().map().toString() + answer.body())
              .doesNotContainIgnoringCase("camel")
              .doesNotContain(MARK);
          return answer;
        });
  }

  @Test
  void cve_2026_46584_a_header_does_not_choose_the_mail_server() throws Exception {
    List<String> names = List.of("mail.smtp.host", "Mail.Smtp.socketFactory.class", "To");
    assertKeptOut(names, () -> door.send("monitor", EVENT, planted(names)));
  }

  @Test
  void cve_2026_85312_a_header_does_not_join_an_action_that_runs() throws Exception {
    List<String> names = List.of("Long-Running-Action");
    assertKeptOut(names, () -> door.send("monitor", EVENT, planted(names)));
  }

  @Test
  void cve_2026_85316_an_address_that_only_begins_like_a_senders_is_nobodys() throws Exception {
    for (String path : List.of("monitor/more", "monitors", "monitor.json", "monitor%2Fmore")) {
      assertThat(door.send(path, EVENT, Map.of()).statusCode()).as(path).isBetween(400, 404);
    }
    assertThat(door.send("monitor", EVENT, Map.of()).statusCode()).isEqualTo(ACCEPTED);
  }

  @Test
  void the_campaign_knows_these_names_too() throws IOException {
    assertThat(HeaderNames.all(1))
        .containsAll(
            Stream.of(
                    "CamelHttpUri",
                    "CamelSqlQuery",
                    "CamelBeanMethodName",
                    "CamelHttpResponseCode",
                    "CamelFileName",
                    "mail.smtp.host",
                    "Long-Running-Action")
                .toList());
  }
}
