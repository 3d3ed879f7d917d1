package holdfast.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.plan.ShippedRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event of {@code alarms/} is read as the table beside it says. */
class AlarmReaderTest {

  private static final Path EVENTS = Path.of("src/test/resources/alarms");
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private static AlarmReader reader;

  @BeforeAll
  static void plans(@TempDir Path home) throws IOException {
    String one = AlarmPlans.SENDERS.substring(AlarmPlans.SENDERS.indexOf("    checks:"));
    String senders = AlarmPlans.SENDERS + one.replace("    checks:", "    others:");
    reader = new AlarmReader(AlarmPlans.of(home, senders, ""));
  }

  static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(EVENTS)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("table.txt"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void each_event_is_read_as_the_table_says(String file) throws IOException {
    assertThat(lines(file, read(file)))
        .isEqualTo(
            rows(file).stream().map(row -> row.substring(0, row.lastIndexOf(" | "))).toList());
  }

  private static List<String> rows(String file) throws IOException {
    return Files.readAllLines(EVENTS.resolve("table.txt")).stream()
        .filter(row -> row.startsWith(file + " "))
        .toList();
  }

  private static List<String> lines(String file, Reading reading) {
    return reading.refused() == null
        ? reading.alarms().stream().map(alarm -> line(file, alarm)).toList()
        : List.of(file + " | refused | " + reading.refused());
  }

  private static String line(String file, Alarm alarm) {
    return Stream.of(
            file,
            alarm.kind(),
            alarm.state(),
            alarm.severity().words(),
            alarm.situation().words(),
            alarm.subject().resource(),
            alarm.subject().account(),
            alarm.subject().region(),
            alarm.clock(),
            alarm.at())
        .map(String::valueOf)
        .map(cell -> cell.isEmpty() ? "-" : cell)
        .collect(Collectors.joining(" | "));
  }

  @Test
  void a_trouble_has_one_fingerprint_whatever_its_state_and_shape() throws IOException {
    Map<String, String> fingerprints = new HashMap<>();
    Map<String, String> troubles = new HashMap<>();
    for (String file : files()) {
      List<String> rows = rows(file);
      for (Alarm alarm : read(file).alarms()) {
        String row = rows.get(alarm.part());
        String trouble = row.substring(row.lastIndexOf('|') + 1).strip();
        fingerprints.putIfAbsent(trouble, alarm.fingerprint());
        troubles.putIfAbsent(alarm.fingerprint(), trouble);
        assertThat(alarm.fingerprint()).as(row).isEqualTo(fingerprints.get(trouble));
        assertThat(troubles.get(alarm.fingerprint())).as(row).isEqualTo(trouble);
      }
    }
    assertThat(troubles).hasSizeGreaterThan(50);
  }

  @Test
  void every_kind_that_is_shipped_is_read_and_the_other_way_round() throws IOException {
    Set<String> read = new HashSet<>();
    for (String file : files()) {
      read(file).alarms().forEach(alarm -> read.add(alarm.kind()));
    }
    assertThat(read).isEqualTo(ShippedRules.kinds());
  }

  @Test
  void control_characters_are_written_out() throws IOException {
    Alarm alarm = read("nul.txt").alarms().get(0);

    assertThat(alarm.name()).isEqualTo("a\\u0000b\\u001b[31m\\u202e");
    assertThat(alarm.title()).isEqualTo("CloudWatch alarm a\\u0000b\\u001b[31m\\u202e");
  }

  @Test
  void a_delivery_is_at_most_a_hundred_troubles_and_all_that_are_over() {
    String resolved = "{\"status\":\"resolved\",\"labels\":{\"alertname\":\"a\",\"n\":\"%d\"}}";
    String firing = "{\"status\":\"firing\",\"labels\":{\"alertname\":\"b\",\"n\":\"%d\"}}";
    String alerts =
        Stream.concat(
                Stream.iterate(0, i -> i + 1).limit(150).map(resolved::formatted),
                Stream.iterate(0, i -> i + 1).limit(160).map(firing::formatted))
            .collect(Collectors.joining(","));

    List<Alarm> alarms =
        read("auto", "{\"version\":\"4\",\"groupKey\":\"g\",\"alerts\":[" + alerts + "]}").alarms();

    assertThat(alarms)
        .filteredOn(alarm -> alarm.state() == Alarm.State.FIRING)
        .hasSize(AlarmReader.MAX_ALARMS);
    assertThat(alarms).filteredOn(alarm -> alarm.state() == Alarm.State.CLEARED).hasSize(150);
    assertThat(alarms).extracting(Alarm::part).doesNotHaveDuplicates();
    assertThat(alarms.get(0).facts()).containsEntry("further alarms", "60");
  }

  @Test
  void an_event_of_a_list_that_cannot_be_read_is_told_of_beside_the_others() throws IOException {
    String lag = Files.readString(EVENTS.resolve("cloudwatch-lag-firing-eventbridge.json"));
    List<Alarm> alarms =
        read("auto", "[" + lag + ", {\"strange\": 1}, {\"stranger\": 2}]").alarms();

    assertThat(alarms).extracting(Alarm::part).containsExactly(0, 1);
    assertThat(alarms.get(0).kind()).isEqualTo("cloudwatch-alarm");
    assertThat(alarms.get(1).title()).isEqualTo("Events from checks cannot be read");
    assertThat(alarms.get(1).state()).isEqualTo(Alarm.State.FIRING);
    assertThat(alarms.get(1).text()).contains(" 2 could not be read").endsWith("no known format.");
  }

  @Test
  void a_mark_that_nobody_signed_silences_no_alarm() throws IOException {
    String signed = Files.readString(EVENTS.resolve("cloudwatch-lag-firing-sns.json"));
    String mark = "{\"MessageAttributes\": {\"holdfast-origin\": {\"Value\": \"I-1\"}},";
    Alarm alarm = read("auto", signed.replaceFirst("\\{", mark)).alarms().get(0);

    assertThat(alarm.kind()).isEqualTo("cloudwatch-alarm");
    assertThat(alarm.state()).isEqualTo(Alarm.State.FIRING);
  }

  @Test
  void what_two_senders_call_alike_is_two_troubles_but_aws_names_for_all() throws IOException {
    for (String file :
        List.of(
            "alertmanager-resolved.json",
            "grafana-unified.json",
            "grafana-legacy-ok.json",
            "generic-ok.json",
            "pagerduty-triggered.json",
            "atlas-host-up.json")) {
      assertThat(fingerprint("checks", file)).as(file).isNotEqualTo(fingerprint("others", file));
    }
    String lag = "cloudwatch-lag-firing-eventbridge.json";
    assertThat(fingerprint("checks", lag)).isEqualTo(fingerprint("others", lag));
  }

  private static String fingerprint(String sender, String file) throws IOException {
    String format = file.startsWith("generic") ? "generic" : "auto";
    String body = Files.readString(EVENTS.resolve(file));
    return reader
        .read(new Arrival("r1", sender, format, NOW, null, Map.of(), body))
        .alarms()
        .get(0)
        .fingerprint();
  }

  @Test
  void facts_and_link_come_from_the_source() throws IOException {
    Alarm alarm = read("generic-problem.json").alarms().get(0);

    assertThat(alarm.link()).isEqualTo("https://checks.example/77");
    assertThat(alarm.text()).isEqualTo("Balance is off by 3");
    assertThat(alarm.facts())
        .containsEntry("state", "PROBLEM")
        .containsEntry("severity", "critical");
    assertThat(read("rds-failover-completed-sns.json").alarms().get(0).link())
        .startsWith("https://console.aws.amazon.com/rds/");
  }

  @Test
  void events_of_one_object_have_an_order() throws IOException {
    long later = read("s3-replication-failed-and-deleted.json").alarms().get(0).sequence();
    long earlier = read("s3-lifecycle-eventbridge.json").alarms().get(0).sequence();

    assertThat(later).isGreaterThan(earlier).isPositive();
    assertThat(earlier).isPositive();
  }

  @Test
  void a_webhook_is_read_in_its_own_format_only() throws IOException {
    String body = Files.readString(EVENTS.resolve("cloudwatch-lag-firing-eventbridge.json"));

    assertThat(read("alertmanager", body).refused()).contains("no known format");
    assertThat(read("generic", body).refused()).contains("looks for a title");
    assertThat(read("auto", body).refused()).isNull();
  }

  @Test
  void a_body_that_is_too_long_is_refused() {
    assertThat(read("auto", "\"" + "x".repeat(1 << 20) + "\"").refused())
        .isEqualTo("The body is larger than 1 MiB.");
  }

  private static Reading read(String file) throws IOException {
    return read(
        file.startsWith("generic") ? "generic" : "auto", Files.readString(EVENTS.resolve(file)));
  }

  private static Reading read(String format, String body) {
    return reader.read(new Arrival("r1", "checks", format, NOW, null, Map.of(), body));
  }
}
