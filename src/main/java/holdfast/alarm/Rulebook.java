package holdfast.alarm;

import holdfast.alarm.Alarm.State;
import holdfast.plan.AlarmRule;
import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import holdfast.plan.ShippedRules;
import holdfast.plan.Situation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What alarms mean here: the rules of the systems, then the installation's, then the shipped ones.
 * Of those that cover an alarm the first that names a field decides that field.
 */
final class Rulebook {

  /** What the rules say of one alarm. */
  record Decision(
      Situation situation,
      Severity severity,
      State state,
      String title,
      @Nullable String system,
      @Nullable String component,
      @Nullable String asset) {}

  private final Plans plans;
  private final Map<String, List<AlarmRule>> byKind = new HashMap<>();

  Rulebook(Plans plans) {
    this.plans = plans;
    List<AlarmRule> all = new ArrayList<>();
    plans.systems().forEach(system -> all.addAll(system.alarms()));
    all.addAll(plans.installation().alarmRules());
    all.addAll(ShippedRules.rules());
    for (String kind : ShippedRules.kinds()) {
      byKind.put(kind, all.stream().filter(rule -> concerns(rule, kind)).toList());
    }
  }

  private static boolean concerns(AlarmRule rule, String kind) {
    Set<String> kinds = rule.match().kinds();
    return kinds.isEmpty() || kinds.contains(kind);
  }

  Decision decide(Draft draft) {
    List<AlarmRule> covering =
        byKind.getOrDefault(draft.kind, List.of()).stream()
            .filter(rule -> rule.match().covers(draft))
            .toList();
    AlarmRule binding =
        covering.stream().filter(rule -> rule.system() != null).findFirst().orElse(null);
    return new Decision(
        first(covering, AlarmRule::situation, Situation.APPLICATION),
        first(covering, AlarmRule::severity, Severity.MEDIUM),
        state(draft, first(covering, AlarmRule::state, null)),
        first(covering, AlarmRule::title, draft.title),
        binding == null ? null : binding.system(),
        binding == null ? null : component(binding),
        binding == null ? null : binding.asset());
  }

  private static <T extends @Nullable Object> T first(
      List<AlarmRule> rules, Function<AlarmRule, @Nullable T> field, T otherwise) {
    for (AlarmRule rule : rules) {
      T said = field.apply(rule);
      if (said != null) {
        return said;
      }
    }
    return otherwise;
  }

  /** Our own messages stay silent whatever a rule says: they must never come back as incidents. */
  private static State state(Draft draft, AlarmRule.@Nullable State said) {
    if (said == null || draft.kind.equals(OwnMessage.KIND)) {
      return draft.state;
    }
    return switch (said) {
      case FIRING -> draft.state == State.CLEARED ? State.CLEARED : State.FIRING;
      case CLEARED -> State.CLEARED;
      case INFORMATIONAL -> State.INFORMATIONAL;
    };
  }

  private @Nullable String component(AlarmRule rule) {
    if (rule.component() != null || rule.asset() == null || rule.system() == null) {
      return rule.component();
    }
    return plans.asset(new AssetId(rule.system(), rule.asset())).map(Asset::component).orElse(null);
  }
}
