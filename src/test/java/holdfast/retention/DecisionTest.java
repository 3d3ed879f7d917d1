package holdfast.retention;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.Point;
import holdfast.plan.AssetId;
import holdfast.plan.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A changed plan waits, many at once ask, and what is on its way out comes back. */
class DecisionTest {

  private static final Instant NOW = Instant.parse("2026-06-15T02:00:00Z");

  private static Retention last(int count) {
    return new Retention(
        null, count, Map.of(), ZoneOffset.UTC, Duration.ofDays(1), Duration.ofDays(3));
  }

  private static History nights(int count) {
    return at(
        NOW,
        IntStream.range(0, count)
            .mapToObj(age -> Histories.good("d" + age, NOW.minus(Duration.ofDays(age))))
            .toList());
  }

  private static History at(Instant now, List<Known> points) {
    return new History(points, now, now);
  }

  private static List<String> ids(Decision decision, Decision.Fate fate) {
    return decision.with(fate).stream().map(line -> line.point().id()).toList();
  }

  @Test
  void what_only_the_changed_plan_lets_go_waits_a_day_and_says_so() {
    List<Decision.Policy> policies =
        List.of(
            new Decision.Policy(last(3), null),
            new Decision.Policy(last(8), NOW.minus(Duration.ofHours(23))));
    Decision decision = Decision.of(nights(10), policies);
    assertThat(ids(decision, Decision.Fate.GO)).containsExactly("d8", "d9");
    assertThat(ids(decision, Decision.Fate.WAIT)).containsExactly("d3", "d4", "d5", "d6", "d7");
    assertThat(decision.with(Decision.Fate.WAIT).get(0).verdict().reason())
        .isEqualTo("kept by the plan before it was changed: last 4 of 8");
    assertThat(decision.waitsUntil()).isEqualTo(NOW.plus(Duration.ofHours(1)));
  }

  @Test
  void after_a_day_the_changed_plan_counts_alone() {
    List<Decision.Policy> policies =
        List.of(
            new Decision.Policy(last(3), null),
            new Decision.Policy(last(8), NOW.minus(Decision.DELAY)));
    Decision decision = Decision.of(nights(10), policies);
    assertThat(ids(decision, Decision.Fate.GO)).hasSize(7);
    assertThat(decision.waitsUntil()).isNull();
  }

  @Test
  void of_several_changes_within_a_day_the_kindest_counts() {
    List<Decision.Policy> policies =
        List.of(
            new Decision.Policy(last(1), null),
            new Decision.Policy(last(2), NOW.minus(Duration.ofHours(1))),
            new Decision.Policy(last(9), NOW.minus(Duration.ofHours(2))));
    assertThat(ids(Decision.of(nights(10), policies), Decision.Fate.GO)).containsExactly("d9");
  }

  @Test
  void one_that_is_on_its_way_out_comes_back_when_those_after_it_turn_bad() {
    List<Known> points = new java.util.ArrayList<>(nights(2).points());
    points.set(0, Histories.of("d0", Point.State.CORRUPT, NOW, 1_000_000));
    Known going = points.get(1);
    points.set(
        1,
        new Known(
            going.id(),
            going.state(),
            true,
            going.at(),
            going.at(),
            going.bytes(),
            List.of(),
            true,
            List.of(),
            Map.of(),
            List.of()));
    Decision decision = Decision.of(at(NOW, points), List.of(new Decision.Policy(last(1), null)));
    assertThat(ids(decision, Decision.Fate.BACK)).containsExactly("d1");
  }

  @Test
  void more_than_a_fifth_and_more_than_three_need_somebodys_word() {
    assertThat(Decision.isLarge(3, 3)).isFalse();
    assertThat(Decision.isLarge(4, 4)).isTrue();
    assertThat(Decision.isLarge(20, 100)).isFalse();
    assertThat(Decision.isLarge(21, 100)).isTrue();
  }

  @Test
  void an_approval_is_of_exactly_its_points() {
    AssetId asset = AssetId.parse("roleferry/database");
    Approval asked = Approval.ask(asset, List.of("b", "a"), "ada", NOW);
    assertThat(asked.id()).isEqualTo(Approval.ask(asset, List.of("a", "b"), "bob", NOW).id());
    assertThat(asked.id()).isNotEqualTo(Approval.ask(asset, List.of("a"), "ada", NOW).id());
    Approval more =
        new Approval(
            asked.id(),
            asset,
            List.of("a", "b", "c"),
            NOW,
            "ada",
            NOW.plus(Approval.TERM),
            NOW,
            "eve");
    assertThat(more.counts(NOW)).isFalse();
  }

  @Test
  void rules_are_read_back_as_they_were_written() {
    Retention rules =
        new Retention(
            Duration.ofDays(90),
            7,
            Map.of(Retention.Bucket.DAILY, 7, Retention.Bucket.YEARLY, 3),
            java.time.ZoneId.of("Europe/Berlin"),
            Duration.ofDays(10),
            Duration.ofDays(2));
    assertThat(PolicyRows.read(PolicyRows.write(rules))).isEqualTo(rules);
    assertThat(PolicyRows.read(PolicyRows.write(last(7)))).isEqualTo(last(7));
  }
}
