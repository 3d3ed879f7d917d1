package holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.store.BucketStatus.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

class LifecycleRulesTest {

  private static final String PREFIX = "holdfast/";

  @Test
  void the_plan_becomes_three_rules_limited_by_prefix_and_tag() {
    List<LifecycleRule> rules = LifecycleRules.ours(PREFIX, List.of(PlansOfTests.asset("primary")));
    assertThat(rules)
        .extracting(LifecycleRule::id, RuleWords::of)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "holdfast-archive:holdfast/roleferry/database/",
                "after 90 days to GLACIER: holdfast=data under holdfast/roleferry/database/"),
            org.assertj.core.groups.Tuple.tuple(
                "holdfast-expire:holdfast/roleferry/database/",
                "expire after 730 days, expire older versions after 30 days: holdfast=expiring"
                    + " under holdfast/roleferry/database/"),
            org.assertj.core.groups.Tuple.tuple(
                "holdfast-abort-uploads:holdfast/roleferry/database/",
                "end unfinished uploads after 7 days: everything under"
                    + " holdfast/roleferry/database/"));
  }

  @Test
  void no_rule_of_ours_removes_what_retention_has_not_tagged() {
    assertThat(LifecycleRules.ours(PREFIX, List.of(PlansOfTests.asset("primary"))))
        .filteredOn(RuleWords::expires)
        .isNotEmpty()
        .allSatisfy(
            rule -> assertThat(RuleWords.tags(rule)).isEqualTo(Map.of("holdfast", "expiring")));
    assertThat(
            LifecycleRules.hazards(
                PREFIX, LifecycleRules.ours(PREFIX, List.of(PlansOfTests.asset("primary")))))
        .isEmpty();
  }

  @Test
  void foreign_rules_stay_and_drift_is_named() {
    LifecycleRule foreign = expiring("logs", "logs/", null);
    LifecycleRule neighbour = expiring("holdfast-expire:other/roleferry/database/", "other/", null);
    List<LifecycleRule> ours = LifecycleRules.ours(PREFIX, List.of(PlansOfTests.asset("primary")));
    List<LifecycleRule> there = new ArrayList<>(List.of(foreign, neighbour));
    there.add(ours.get(0));
    there.add(ours.get(1).toBuilder().expiration(end -> end.days(30)).build());
    there.add(ours.get(2).toBuilder().id("holdfast-archive:holdfast/gone/asset/").build());

    LifecycleRules.Decision decision =
        LifecycleRules.decide(PREFIX, List.of(PlansOfTests.asset("primary")), there);

    assertThat(decision.report())
        .extracting(BucketStatus.Rule::state)
        .containsExactly(
            State.FOREIGN, State.FOREIGN, State.SAME, State.CHANGED, State.REMOVED, State.ADDED);
    assertThat(decision.wanted()).startsWith(foreign, neighbour).hasSize(5).containsAll(ours);
    assertThat(
            LifecycleRules.decide(PREFIX, List.of(PlansOfTests.asset("primary")), decision.wanted())
                .drifted())
        .isFalse();
  }

  @Test
  void rules_that_may_remove_points_are_hazards() {
    assertThat(
            LifecycleRules.hazards(
                PREFIX,
                List.of(
                    expiring("whole-bucket", "", null),
                    expiring("above", "hold", null),
                    expiring("below", "holdfast/roleferry/", null),
                    expiring("data", "", "data"),
                    expiring("beside", "logs/", null),
                    expiring("tagged", "", "expiring"),
                    LifecycleRule.builder()
                        .id("versions")
                        .status("Enabled")
                        .filter(f -> f.prefix(""))
                        .noncurrentVersionExpiration(n -> n.noncurrentDays(1))
                        .build(),
                    expiring("off", "", null).toBuilder().status("Disabled").build())))
        .hasSize(5)
        .allSatisfy(hazard -> assertThat(hazard).contains("may remove recovery points"))
        .satisfiesExactly(
            hazard -> assertThat(hazard).contains("'whole-bucket'"),
            hazard -> assertThat(hazard).contains("'above'"),
            hazard -> assertThat(hazard).contains("'below'"),
            hazard -> assertThat(hazard).contains("'data'"),
            hazard -> assertThat(hazard).contains("'versions'"));
  }

  static LifecycleRule expiring(
      String id, String prefix, @org.jspecify.annotations.Nullable String tag) {
    return LifecycleRule.builder()
        .id(id)
        .status("Enabled")
        .expiration(end -> end.days(10))
        .filter(
            filter -> {
              if (tag == null) {
                filter.prefix(prefix);
              } else {
                filter.and(both -> both.prefix(prefix).tags(t -> t.key("holdfast").value(tag)));
              }
            })
        .build();
  }
}
