package holdfast.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holdfast.alarm.Alarm;
import holdfast.alarm.AlarmReader;
import holdfast.alarm.Arrival;
import holdfast.cloud.Change.Difference;
import holdfast.cloud.Change.Kind;
import holdfast.cloud.Change.State;
import holdfast.plan.AwsEvents;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlarmPlanTest {

  private static Thing thing(String name, String threshold, @Nullable String owner) {
    return new Thing(name, Map.of("threshold", threshold), owner);
  }

  private static List<Change> decide(List<Thing> wanted, Thing... found) {
    return AlarmPlan.decide("shop", Kind.ALARM, wanted, List.of(found));
  }

  @Test
  void what_is_there_as_wanted_is_left_alone() {
    assertThat(decide(List.of(thing("a", "1", "shop")), thing("a", "1", "shop")))
        .containsExactly(new Change(Kind.ALARM, "a", State.SAME, List.of(), null, null))
        .noneMatch(Change::isDrift);
  }

  @Test
  void what_is_missing_or_different_says_field_by_field_how() {
    assertThat(
            decide(
                List.of(thing("a", "1", "shop"), thing("b", "1", "shop")), thing("b", "2", "shop")))
        .allMatch(Change::isDrift)
        .extracting(Change::state, Change::differences)
        .containsExactly(
            tuple(State.CREATE, List.of(new Difference("threshold", null, "1"))),
            tuple(State.CHANGE, List.of(new Difference("threshold", "2", "1"))));
  }

  @Test
  void what_somebody_else_made_is_never_changed_though_it_bears_a_wanted_name() {
    assertThat(
            decide(
                List.of(thing("a", "1", "shop"), thing("b", "1", "shop")),
                thing("a", "1", null),
                thing("b", "1", "shop-eu")))
        .allMatch(Change::isDrift)
        .extracting(Change::state, Change::note)
        .containsExactly(
            tuple(
                State.TAKEN,
                "Somebody else made it: give it the tag holdfast=shop if Holdfast shall keep it, or take another name."),
            tuple(State.TAKEN, "It belongs to system shop-eu: take another name."));
  }

  @Test
  void what_is_not_wanted_is_ours_or_foreign_or_another_systems_and_never_drift() {
    assertThat(
            decide(
                List.of(),
                thing("a", "1", "shop"),
                thing("b", "1", null),
                thing("c", "1", "shop-eu")))
        .noneMatch(Change::isDrift)
        .extracting(Change::name, Change::state)
        .containsExactly(tuple("a", State.OBSOLETE), tuple("b", State.FOREIGN));
  }

  @Test
  void what_a_rule_lets_through_is_what_the_reader_fires_or_clears() throws IOException {
    assertThat(EventRule.of("p-", AwsEvents.BACKUP).pattern()).contains("PARTIAL");

    AlarmReader reader = new AlarmReader(CloudPlans.of("shop", ""));
    JsonNode pattern =
        new ObjectMapper().readTree(EventRule.of("p-", AwsEvents.ELASTICACHE).pattern());
    for (JsonNode type : pattern.path("detail-type")) {
      String event =
          "{\"source\": \"aws.elasticache\", \"detail-type\": %s, \"detail\": {}}".formatted(type);
      Alarm alarm =
          reader
              .read(new Arrival("r", "q", "auto", Instant.EPOCH, null, Map.of(), event))
              .alarms()
              .get(0);
      assertThat(alarm.kind()).as(event).isEqualTo("elasticache");
      assertThat(alarm.state()).as(event).isIn(Alarm.State.FIRING, Alarm.State.CLEARED);
    }
  }

  @Test
  void a_change_is_drift_until_it_is_done() {
    Change change = decide(List.of(thing("a", "1", "shop"))).get(0);
    assertThat(change.with(Change.Outcome.DONE).isDrift()).isFalse();
    assertThat(change.with(Change.Outcome.FAILED).isDrift()).isTrue();
    assertThat(change.with(Change.Outcome.NOT_TRIED).isDrift()).isTrue();
  }
}
