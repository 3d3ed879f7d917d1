package holdfast.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether an asset's verification queries only ask, and know what they expect. */
final class QueryRules {

  private static final Pattern QUOTED = Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"");
  private static final Pattern WRITES =
      Pattern.compile(
          "\\b(insert|update|delete|merge|truncate|drop|alter|create|grant|revoke|copy|call|do|into)\\b");

  private final Section asset;
  private final List<Finding> findings;

  QueryRules(Section asset, List<Finding> findings) {
    this.asset = asset;
    this.findings = findings;
  }

  void check() {
    Section verification = asset.section("verification");
    verification.sections("queries").forEach(this::query);
    boolean proves = verification.flag("after-backup", true);
    if (proves && verification.sections("queries").isEmpty()) {
      findings.add(
          Finding.warning(
              asset.has("verification") ? asset.origin("verification") : asset.origin(),
              "No query verifies the proofs of asset '%s'.".formatted(asset.text("name")),
              "Add one, such as {name: users, sql: \"SELECT COUNT(*) FROM users\", min: 1}."));
    }
  }

  private void query(Section query) {
    refusal(query.text("sql"))
        .ifPresent(
            why ->
                error(
                    query.origin("sql"),
                    "Query '%s' %s.".formatted(query.text("name"), why),
                    "Write one SELECT that returns one number."));
    boolean bounded = query.has("min") || query.has("max") || query.has("equal");
    if (!bounded && !query.has("table")) {
      error(
          query.origin(),
          "Query '%s' expects nothing, so any answer would pass.".formatted(query.text("name")),
          "Add min, max, equal or table.");
    }
    Long min = query.longOrNull("min");
    Long max = query.longOrNull("max");
    if (min != null && max != null && min > max) {
      error(
          query.origin("min"),
          "Query '%s' allows no answer: min is above max.".formatted(query.text("name")),
          "Swap them.");
    }
  }

  private static Optional<String> refusal(String sql) {
    if (sql.contains("--") || sql.contains("/*") || sql.contains("$$")) {
      return Optional.of("holds a comment or a dollar quote");
    }
    if (sql.contains("?") || sql.contains("#") || sql.contains("${")) {
      return Optional.of("holds '?', '#' or '${', which would be read as a parameter");
    }
    String bare = QUOTED.matcher(sql).replaceAll("''").strip().toLowerCase(Locale.ROOT);
    if (bare.replaceFirst(";\\s*$", "").contains(";")) {
      return Optional.of("holds more than one statement");
    }
    if (!bare.matches("(?s)select\\b.*")) {
      return Optional.of("does not begin with SELECT");
    }
    return WRITES.matcher(bare).find() ? Optional.of("does more than ask") : Optional.empty();
  }

  private void error(Origin origin, String what, String fix) {
    findings.add(Finding.error(origin, what, fix));
  }
}
