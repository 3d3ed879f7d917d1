package holdfast.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.LifecycleExpiration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.Tag;

/** What a lifecycle rule does and to what, in words, however the server spells its filter. */
final class RuleWords {

  private RuleWords() {}

  /** One line for a person. */
  static String of(LifecycleRule rule) {
    String tags =
        tags(rule).entrySet().stream()
            .map(tag -> tag.getKey() + "=" + tag.getValue())
            .collect(Collectors.joining(", "));
    String where = prefix(rule).isEmpty() ? "the whole bucket" : prefix(rule);
    return String.join(", ", actions(rule))
        + ": "
        + (tags.isEmpty() ? "everything" : tags)
        + " under "
        + where;
  }

  /** Where a rule holds; empty for the whole bucket. */
  @SuppressWarnings("deprecation") // buckets still have rules of the first version
  static String prefix(LifecycleRule rule) {
    LifecycleRuleFilter filter = rule.filter();
    @Nullable String prefix = rule.prefix();
    if (filter != null && filter.prefix() != null) {
      prefix = filter.prefix();
    } else if (filter != null && filter.and() != null) {
      prefix = filter.and().prefix();
    }
    return prefix == null ? "" : prefix;
  }

  /** Tags that an object must have, all of them. */
  static Map<String, String> tags(LifecycleRule rule) {
    Map<String, String> tags = new TreeMap<>();
    LifecycleRuleFilter filter = rule.filter();
    if (filter != null && filter.tag() != null) {
      tags.put(filter.tag().key(), filter.tag().value());
    }
    if (filter != null && filter.and() != null) {
      for (Tag tag : filter.and().tags()) {
        tags.put(tag.key(), tag.value());
      }
    }
    return tags;
  }

  /** Whether the rule removes objects, or older versions of them. */
  static boolean expires(LifecycleRule rule) {
    LifecycleExpiration end = rule.expiration();
    boolean current = end != null && (end.days() != null || end.date() != null);
    return current || rule.noncurrentVersionExpiration() != null;
  }

  /** What the rule does, in a fixed order. */
  static List<String> actions(LifecycleRule rule) {
    List<String> actions = new ArrayList<>();
    rule.transitions().stream()
        .map(
            move ->
                "after "
                    + (move.days() == null ? move.date() : move.days() + " days")
                    + " to "
                    + move.storageClassAsString())
        .sorted()
        .forEach(actions::add);
    rule.noncurrentVersionTransitions()
        .forEach(
            move ->
                actions.add(
                    "older versions after %d days to %s"
                        .formatted(move.noncurrentDays(), move.storageClassAsString())));
    LifecycleExpiration end = rule.expiration();
    if (end != null && (end.days() != null || end.date() != null)) {
      actions.add("expire after " + (end.days() == null ? end.date() : end.days() + " days"));
    }
    if (rule.noncurrentVersionExpiration() != null) {
      actions.add(
          "expire older versions after %d days"
              .formatted(rule.noncurrentVersionExpiration().noncurrentDays()));
    }
    if (rule.abortIncompleteMultipartUpload() != null) {
      actions.add(
          "end unfinished uploads after %d days"
              .formatted(rule.abortIncompleteMultipartUpload().daysAfterInitiation()));
    }
    return actions;
  }
}
