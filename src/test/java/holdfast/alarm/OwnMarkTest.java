package holdfast.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A notice of ours whose bare text comes back is known; nobody else's alarm is taken for one. */
class OwnMarkTest {

  private static final Path EVENTS = Path.of("src/test/resources/alarms");
  private static final String NOTICE =
      "CRITICAL orders: The database is down\n\nLevel 1 is called.";

  private final OwnMark mark = new OwnMark("a key of the test");
  private AlarmReader reader;

  @BeforeEach
  void plans(@TempDir Path home) throws IOException {
    reader = new AlarmReader(AlarmPlans.of(home, AlarmPlans.SENDERS, ""), mark);
  }

  private Reading read(String body) {
    Instant now = Instant.parse("2026-11-20T12:00:00Z");
    return reader.read(new Arrival("r1", "checks", "auto", now, null, Map.of(), body));
  }

  private void assertOurs(String body) {
    assertThat(read(body).alarms())
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.kind()).isEqualTo(OwnMessage.KIND);
              assertThat(alarm.state()).isEqualTo(Alarm.State.INFORMATIONAL);
            });
  }

  @Test
  void the_bare_text_of_our_own_notice_is_known() {
    assertOurs(mark.on(NOTICE));
    assertOurs(mark.on(NOTICE + "\n") + "\n");
    assertOurs(mark.on(NOTICE.replace("\n", "\r\n")).replace("\n", "\r\n").replace("\r\r", "\r"));
  }

  @Test
  void a_text_that_only_bears_such_a_line_is_not_ours() {
    String line = mark.on(NOTICE).substring(NOTICE.length());
    for (String foreign :
        new String[] {
          "The till burns." + line,
          "The till burns.\n" + mark.on(NOTICE),
          mark.on(NOTICE) + "\nThe till burns.",
          new OwnMark("another installation").on(NOTICE),
          NOTICE + "\n\nholdfast-origin: ",
          NOTICE
        }) {
      assertThat(read(foreign).refused()).as(foreign).contains("plain text");
    }
  }

  @Test
  void an_alarm_that_holds_a_whole_notice_of_ours_is_still_read_as_itself() throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode envelope =
        (ObjectNode)
            json.readTree(Files.readString(EVENTS.resolve("cloudwatch-lag-firing-sns.json")));
    ObjectNode alarm = (ObjectNode) json.readTree(envelope.path("Message").asText());
    alarm.put("AlarmDescription", mark.on(NOTICE)).put("NewStateReason", mark.on(NOTICE));
    envelope.put("Message", alarm.toString());

    for (String body : new String[] {envelope.toString(), alarm.toString()}) {
      assertThat(read(body).alarms())
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.kind()).isEqualTo("cloudwatch-alarm");
                assertThat(one.state()).isEqualTo(Alarm.State.FIRING);
              });
    }
  }
}
