package holdfast.plan;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a well-formed list of alarm rules. */
final class AlarmRuleReader {

  static final List<String> FIELDS =
      List.of("sender", "kind", "name", "resource", "account", "region", "title", "text");

  private AlarmRuleReader() {}

  /**
   * @param system whose file the rules stand in
   */
  static List<AlarmRule> read(List<Section> rules, @Nullable String system) {
    return rules.stream().map(rule -> rule(rule, system)).toList();
  }

  private static AlarmRule rule(Section at, @Nullable String system) {
    return new AlarmRule(
        match(at.section("match")),
        choice(Situation.class, at, "situation"),
        choice(Severity.class, at, "severity"),
        choice(AlarmRule.State.class, at, "state"),
        at.textOrNull("title"),
        system,
        at.textOrNull("component"),
        at.textOrNull("asset"),
        at.origin());
  }

  static AlarmMatch match(Section at) {
    Map<String, List<Glob>> fields = new TreeMap<>();
    FIELDS.stream().filter(at::has).forEach(field -> fields.put(field, globs(at, field)));
    Section detail = at.section("detail");
    Map<String, List<Glob>> details =
        new TreeMap<>(at.named("detail", field -> globs(detail, field.key())));
    return new AlarmMatch(fields, details);
  }

  private static List<Glob> globs(Section at, String field) {
    return at.oneOrMore(field).stream().map(Glob::new).toList();
  }

  private static <E extends Enum<E>> @Nullable E choice(Class<E> type, Section at, String field) {
    return at.has(field) ? Enum.valueOf(type, at.text(field).toUpperCase(Locale.ROOT)) : null;
  }
}
