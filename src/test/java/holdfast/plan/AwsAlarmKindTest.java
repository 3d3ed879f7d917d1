package holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AwsAlarmKindTest {

  @Test
  void the_schema_allows_exactly_the_kinds_that_are_read() throws IOException {
    JsonNode kinds =
        new ObjectMapper()
            .readTree(Path.of("src/main/resources/schema/system.schema.json").toFile())
            .at("/$defs/aws-alarm/properties/kind/enum");
    List<String> read = new ArrayList<>(List.of("metric", "expression"));
    for (AwsAlarmKind kind : AwsAlarmKind.values()) {
      read.add(kind.words());
    }
    assertThat(kinds).extracting(JsonNode::asText).containsExactlyElementsOf(read);
  }

  @ParameterizedTest
  @EnumSource
  void the_page_about_plans_tells_of_each_kind_and_its_dimensions(AwsAlarmKind kind)
      throws IOException {
    assertThat(Files.readString(Path.of("src/docs/plans.md")))
        .contains("| `" + kind.words() + "` |");
    kind.dimensions()
        .forEach(
            set ->
                set.forEach(
                    name ->
                        assertThat(MetricFacts.dimensions(namespace(kind)))
                            .as("%s of %s", name, kind)
                            .contains(name)));
  }

  private static String namespace(AwsAlarmKind kind) {
    return kind.watched(Map.of(), Duration.ofMinutes(1)) instanceof AwsAlarm.Metric metric
        ? metric.namespace()
        : "AWS/ApplicationELB";
  }

  @Test
  void a_kind_is_filled_in_and_what_the_plan_says_goes_before() {
    AwsAlarms spec = spec("aws-alarms");
    assertThat(spec.queue()).isEqualTo("holdfast-shop-alarms");
    AwsAlarm late = alarm(spec, "late");
    assertThat(late.threshold()).isEqualTo(900);
    assertThat(late.watched())
        .isEqualTo(
            new AwsAlarm.Metric(
                "AWS/S3",
                "ReplicationLatency",
                new TreeMap<>(
                    Map.of("SourceBucket", "a", "DestinationBucket", "b", "RuleId", "all")),
                "Maximum",
                Duration.ofMinutes(1),
                null));
    AwsAlarm storage = alarm(spec, "storage");
    assertThat(storage.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(storage.situation()).isEqualTo(Situation.CAPACITY);
    AwsAlarm errors = alarm(spec, "errors");
    assertThat(errors.threshold()).isEqualTo(0.5);
    assertThat(errors.breaches()).isEqualTo(2);
    assertThat(errors.watched()).isInstanceOf(AwsAlarm.Expression.class);
    assertThat(alarm(spec, "share").comparison().awsName())
        .isEqualTo("GreaterThanOrEqualToThreshold");
    assertThat(alarm(spec, "canary").missing().awsName()).isEqualTo("breaching");
  }

  @Test
  void an_alarm_that_comes_back_means_what_the_plan_says() {
    assertThat(plans("aws-alarms").systems().get(0).alarms())
        .filteredOn(
            rule -> rule.match().fields().get("name").get(0).matches("holdfast-shop-storage"))
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(rule.situation()).isEqualTo(Situation.CAPACITY);
              assertThat(rule.system()).isEqualTo("shop");
              assertThat(rule.component()).isEqualTo("database");
            });
  }

  private static AwsAlarm alarm(AwsAlarms spec, String name) {
    return spec.alarms().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  private static AwsAlarms spec(String folder) {
    return plans(folder).systems().get(0).awsAlarms().get(0);
  }

  private static Plans plans(String folder) {
    return new PlanLoader(new Home(Path.of("src/test/resources/plans", folder)))
        .load()
        .plans()
        .orElseThrow();
  }
}
