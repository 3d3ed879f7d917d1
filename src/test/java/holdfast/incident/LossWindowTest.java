package holdfast.incident;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.Point;
import holdfast.harness.SamplePlan;
import holdfast.plan.AssetId;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What would be lost by a restore, from the points that there are. */
class LossWindowTest {

  private final Watchroom room = new Watchroom(Duties.plans(Duties.three()));
  private final List<Point> points = new ArrayList<>();
  private final LossWindow window =
      new LossWindow(
          room.plans, (asset, moment) -> asset.equals(SamplePlan.DATABASE) ? points : List.of());

  private Incident incident(String system) {
    room.incidents.open(
        new Opening(system, Severity.HIGH, Situation.DATABASE, "Database gone", "", "ada"));
    return room.only();
  }

  private void point(String id, Duration before, Point.State state) {
    Instant at = room.now().minus(before);
    points.add(
        new Point(
            id, SamplePlan.DATABASE, state, at, at, 1, "", 1, "", "manifest", List.of(), null));
  }

  private LossWindow.Loss only(Incident incident) {
    List<LossWindow.Loss> losses = window.of(incident, room.incidents.signals(incident.id()));
    assertThat(losses).hasSize(1);
    return losses.get(0);
  }

  @Test
  void it_reaches_from_the_newest_restorable_point_to_the_begin_of_the_incident() {
    Incident incident = incident("roleferry");
    point("old", Duration.ofHours(30), Point.State.PROVEN);
    point("newest", Duration.ofMinutes(90), Point.State.GOOD);
    point("suspect", Duration.ofMinutes(30), Point.State.SUSPECT);
    point("corrupt", Duration.ofMinutes(20), Point.State.CORRUPT);
    point("expiring", Duration.ofMinutes(10), Point.State.EXPIRING);
    point("deleted", Duration.ofMinutes(5), Point.State.DELETED);

    LossWindow.Loss loss = only(incident);
    assertThat(loss.point()).isEqualTo("newest");
    assertThat(loss.loss()).isEqualTo(Duration.ofMinutes(90));
    assertThat(loss.proven()).isFalse();
    assertThat(loss.words())
        .startsWith(
            "A restore of roleferry/database would lose the last 90 min before the incident")
        .endsWith("is not proven.");
  }

  @Test
  void what_was_saved_after_it_began_may_hold_the_damage_and_does_not_count() {
    Incident incident = incident("roleferry");
    point("before", Duration.ofHours(3), Point.State.PROVEN);
    point("after", Duration.ofMinutes(-10), Point.State.PROVEN);
    room.sleep(Duration.ofHours(1));

    LossWindow.Loss loss = only(incident);
    assertThat(loss.point()).isEqualTo("before");
    assertThat(loss.loss()).as("however late it is asked for").isEqualTo(Duration.ofHours(3));
    assertThat(loss.proven()).isTrue();
    assertThat(loss.words()).endsWith("is proven.");
  }

  @Test
  void without_a_point_from_before_it_says_so() {
    LossWindow.Loss loss = only(incident("roleferry"));
    assertThat(loss.point()).isNull();
    assertThat(loss.loss()).isNull();
    assertThat(loss.words())
        .isEqualTo("No point of roleferry/database from before the incident can be restored.");
  }

  @Test
  void an_incident_of_no_system_of_the_plan_has_none() {
    point("old", Duration.ofHours(30), Point.State.PROVEN);
    assertThat(window.of(incident(null), List.of())).isEmpty();
  }

  @Test
  void only_assets_that_its_signals_name_are_concerned() {
    point("old", Duration.ofHours(30), Point.State.PROVEN);
    room.incidents.take(List.of(named("database"), named("elsewhere")));
    assertThat(only(room.only()).asset()).isEqualTo(AssetId.parse("roleferry/database"));
  }

  private holdfast.alarm.Alarm named(String asset) {
    return Watchroom.about(
        new holdfast.alarm.Alarm.Subject("roleferry", "database", asset, "db-1", "", "us-east-1"),
        "trouble-" + asset,
        holdfast.alarm.Alarm.State.FIRING,
        Severity.HIGH,
        Situation.DATABASE,
        room.now(),
        0);
  }
}
