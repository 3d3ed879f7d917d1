package holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import holdfast.camel.Starter;
import holdfast.incident.Incidents;
import holdfast.journal.Event;
import holdfast.journal.Outbox;
import holdfast.journal.Run;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the service starts, and what it says when it cannot. */
@ExtendWith(OutputCaptureExtension.class)
class StartTest {

  @Test
  void it_starts_and_says_what_is_wrong_with_s3_mail_and_slack_all_unreachable(CapturedOutput log)
      throws Exception {
    House.Wishes wishes = new House.Wishes();
    wishes.database = Sample.database();
    wishes.makeBucket = false;
    wishes.s3Endpoint = "http://127.0.0.1:1";
    wishes.slack = "http://127.0.0.1:1/slack";
    wishes.channels =
        "ops-slack: {kind: slack, webhook: {file: slack.url}}, ops-mail: {kind: email, host:"
            + " 127.0.0.1, port: 1, security: none, from: a@example.com, to: [b@example.com]}";
    wishes.channelNames = "ops-slack, ops-mail";
    wishes.scratch = "transfer: {store-wait: 1s}".indent(2);
    try (House house = House.of(wishes).serve()) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> log.getOut().contains("Store 'primary': http://127.0.0.1:1 cannot be reached"));
      HttpResponse<String> page =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(
                              "http://127.0.0.1:" + house.property("local.server.port") + "/login"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(page.statusCode()).isEqualTo(200);
      // Four requests, each of which is made again after pauses of up to 25 s in all.
      String id = house.bean(Starter.class).backup(House.ASSET, "cli", "tester");
      Run run = house.ended(id, Duration.ofSeconds(110));
      assertThat(run.state()).isEqualTo(Run.State.FAILED);
      assertThat(run.failure()).contains("primary");
      Outbox outbox = house.bean(Outbox.class);
      assertThat(outbox.ofRun(run.id()))
          .extracting(Outbox.Entry::channel)
          .containsExactly(Event.ALARM_CHANNEL);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> house.bean(Incidents.class).open().size() == 1);
      String incident = house.bean(Incidents.class).open().get(0).id();
      assertThat(outbox.ofIncident(incident))
          .extracting(Outbox.Entry::channel)
          .contains("ops-slack", "ops-mail");

      Path plan = house.home.resolve("application.yml");
      Files.writeString(plan, Files.readString(plan) + "# edited\n");
      assertThat(Typed.in(house.home, "check").lines())
          .contains(
              "application.yml: warning: application.yml changed since the service started."
                  + " Restart it to make the change live.");

      house.bean(JdbcClient.class).sql("UPDATE outbox SET state = 'DEAD'").update();
      Typed status = Typed.in(house.home, "status");
      assertThat(status.exit()).isEqualTo(1);
      assertThat(status.lines())
          .anyMatch(
              line ->
                  line.startsWith("1 message could not be delivered to ops-slack; it is from ")
                      && line.endsWith("; see incident " + incident + "."));
    }
  }

  @Test
  void a_second_process_in_the_same_home_is_told_who_has_it() {
    House.Wishes wishes = new House.Wishes();
    wishes.database = Sample.database();
    try (House house = House.of(wishes).start()) {
      assertThatThrownBy(() -> house.bean(FirstLook.class))
          .isInstanceOf(NoSuchBeanDefinitionException.class);
      StartFailure failure = failure(house.home);
      assertThat(failure.exitCode()).isEqualTo(1);
      assertThat(failure.lines())
          .singleElement()
          .asString()
          .contains("in use by another Holdfast process");
    }
  }

  @Test
  void an_invalid_plan_exits_with_two_and_names_file_and_line() throws IOException {
    try (House house = House.of(new House.Wishes())) {
      Path plan = house.home.resolve("systems/roleferry.yml");
      Files.writeString(plan, Files.readString(plan).replace("0 2 * * *", "0 2 * * MONDAY"));
      StartFailure failure = failure(house.home);
      assertThat(failure.exitCode()).isEqualTo(2);
      assertThat(failure.lines()).anyMatch(line -> line.matches("systems/roleferry.yml:\\d+: .*"));
    }
  }

  @Test
  void a_port_that_is_taken_is_named() throws IOException {
    try (House house = House.of(new House.Wishes());
        java.net.ServerSocket taken = new java.net.ServerSocket(0)) {
      StartFailure failure =
          failure(
              house.home, "--server.port=" + taken.getLocalPort(), "--management.server.port=-1");
      assertThat(failure.exitCode()).isEqualTo(1);
      assertThat(failure.lines())
          .isEqualTo(
              List.of(
                  "Port %d is taken: stop the program that has it, or set another server.port or management.server.port in application.yml."
                      .formatted(taken.getLocalPort())));
    }
  }

  @SuppressWarnings("CatchFail")
  private static StartFailure failure(Path home, String... arguments) {
    try {
      Application.start(home, arguments).close();
    } catch (RuntimeException e) {
      return StartFailure.of(e);
    }
    throw new AssertionError("it started");
  }
}
