package holdfast.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The alarm rules that come with Holdfast; an operator's rules stand before them. */
public final class ShippedRules {

  private static final String RESOURCE = "/alarms/rules.yml";

  private ShippedRules() {}

  /** In the order in which they are asked. */
  public static List<AlarmRule> rules() {
    return Shipped.RULES;
  }

  /** Every kind of alarm that is read, in the order of the shipped rules. */
  public static Set<String> kinds() {
    return Shipped.KINDS;
  }

  /** Read once, at first use. */
  private static final class Shipped {
    static final List<AlarmRule> RULES = read();
    static final Set<String> KINDS = new LinkedHashSet<>();

    static {
      RULES.forEach(rule -> KINDS.addAll(rule.match().kinds()));
    }
  }

  private static List<AlarmRule> read() {
    List<Finding> findings = new ArrayList<>();
    List<AlarmRule> rules =
        YamlTree.of(Path.of("rules.yml"), text(), findings)
            .map(tree -> AlarmRuleReader.read(new Section(tree, "").sections("rules"), null))
            .orElse(List.of());
    if (rules.isEmpty()) {
      throw new IllegalStateException("the shipped alarm rules cannot be read: " + findings);
    }
    return rules;
  }

  private static String text() {
    try (InputStream in = ShippedRules.class.getResourceAsStream(RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
  }
}
