package holdfast.store;

import holdfast.plan.Asset;
import holdfast.plan.Lifecycle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * Decides a bucket's lifecycle rules. Pure. Rules of ours move only objects tagged {@code
 * holdfast=data} and expire only those that retention tagged {@code holdfast=expiring}, so
 * manifests, signatures and proofs stay as they are and no rule removes a point that retention
 * keeps. Rules that are not ours are passed on as they are.
 */
final class LifecycleRules {

  static final String OURS = "holdfast-";
  static final String TAG = "holdfast";
  static final String EXPIRING = "expiring";
  private static final int NONCURRENT_DAYS = 30;

  private LifecycleRules() {}

  /**
   * What applying comes to.
   *
   * @param wanted all rules the bucket shall have: foreign ones as they are, then ours
   * @param report every rule seen or wanted, in words
   */
  record Decision(List<LifecycleRule> wanted, List<BucketStatus.Rule> report) {

    boolean drifted() {
      return report.stream()
          .anyMatch(
              rule ->
                  rule.state() != BucketStatus.State.SAME
                      && rule.state() != BucketStatus.State.FOREIGN);
    }
  }

  /** Our rules for {@code assets}, which rest below {@code prefix}. */
  static List<LifecycleRule> ours(String prefix, List<Asset> assets) {
    List<LifecycleRule> rules = new ArrayList<>();
    for (Asset asset : assets) {
      String folder = prefix + asset.id() + "/";
      Lifecycle lifecycle = asset.lifecycle();
      if (lifecycle.archiveAfter() != null) {
        rules.add(archive(folder, lifecycle.archiveAfter(), lifecycle.archiveClass()));
      }
      if (lifecycle.expireAfter() != null) {
        rules.add(expire(folder, lifecycle.expireAfter()));
      }
      rules.add(abort(folder, lifecycle.abortUploadsAfter()));
    }
    return rules;
  }

  private static LifecycleRule archive(String folder, Duration after, String to) {
    return rule(
        "archive",
        folder,
        tagged(folder, "data"),
        rule -> rule.transitions(move -> move.days(days(after)).storageClass(to)));
  }

  private static LifecycleRule expire(String folder, Duration after) {
    return rule(
        "expire",
        folder,
        tagged(folder, EXPIRING),
        rule ->
            rule.expiration(end -> end.days(days(after)))
                .noncurrentVersionExpiration(end -> end.noncurrentDays(NONCURRENT_DAYS)));
  }

  private static LifecycleRule abort(String folder, Duration after) {
    return rule(
        "abort-uploads",
        folder,
        LifecycleRuleFilter.builder().prefix(folder).build(),
        rule -> rule.abortIncompleteMultipartUpload(end -> end.daysAfterInitiation(days(after))));
  }

  private static LifecycleRule rule(
      String verb,
      String folder,
      LifecycleRuleFilter filter,
      Consumer<LifecycleRule.Builder> action) {
    LifecycleRule.Builder rule =
        LifecycleRule.builder()
            .id(OURS + verb + ":" + folder)
            .status(ExpirationStatus.ENABLED)
            .filter(filter);
    action.accept(rule);
    return rule.build();
  }

  private static LifecycleRuleFilter tagged(String folder, String value) {
    Tag tag = Tag.builder().key(TAG).value(value).build();
    return LifecycleRuleFilter.builder().and(both -> both.prefix(folder).tags(tag)).build();
  }

  private static int days(Duration duration) {
    return Math.toIntExact(Math.max(1, duration.toDays()));
  }

  /** Merges our rules with what the bucket has; another installation's rules are foreign. */
  static Decision decide(String prefix, List<Asset> assets, List<LifecycleRule> there) {
    Map<String, LifecycleRule> missing = new LinkedHashMap<>();
    ours(prefix, assets).forEach(rule -> missing.put(rule.id(), rule));
    List<LifecycleRule> wanted = new ArrayList<>();
    List<BucketStatus.Rule> report = new ArrayList<>();
    for (LifecycleRule rule : there) {
      if (!isOurs(rule, prefix)) {
        wanted.add(rule);
        report.add(said(rule, BucketStatus.State.FOREIGN));
        continue;
      }
      LifecycleRule ours = missing.remove(rule.id());
      if (ours == null) {
        report.add(said(rule, BucketStatus.State.REMOVED));
      } else {
        wanted.add(ours);
        report.add(
            said(ours, same(ours, rule) ? BucketStatus.State.SAME : BucketStatus.State.CHANGED));
      }
    }
    missing.values().forEach(rule -> report.add(said(rule, BucketStatus.State.ADDED)));
    wanted.addAll(missing.values());
    return new Decision(List.copyOf(wanted), List.copyOf(report));
  }

  /** The rules that are not ours. */
  static Set<LifecycleRule> foreign(String prefix, List<LifecycleRule> there) {
    return there.stream().filter(rule -> !isOurs(rule, prefix)).collect(Collectors.toSet());
  }

  private static boolean isOurs(LifecycleRule rule, String prefix) {
    int colon = String.valueOf(rule.id()).indexOf(':');
    return String.valueOf(rule.id()).startsWith(OURS)
        && colon > 0
        && rule.id().startsWith(prefix, colon + 1);
  }

  /** Compares what rules do, not how a server spells them. */
  static boolean same(LifecycleRule one, LifecycleRule other) {
    return one.status() == other.status()
        && Objects.equals(RuleWords.prefix(one), RuleWords.prefix(other))
        && RuleWords.tags(one).equals(RuleWords.tags(other))
        && RuleWords.actions(one).equals(RuleWords.actions(other));
  }

  private static BucketStatus.Rule said(LifecycleRule rule, BucketStatus.State state) {
    return new BucketStatus.Rule(
        rule.id() == null ? "(without id)" : rule.id(), state, RuleWords.of(rule));
  }

  /** Rules, whoever's, that may remove objects below {@code prefix} that retention keeps. */
  static List<String> hazards(String prefix, List<LifecycleRule> there) {
    return there.stream()
        .filter(rule -> rule.status() == ExpirationStatus.ENABLED)
        .filter(rule -> RuleWords.expires(rule) && meets(rule, prefix))
        .map(
            rule ->
                "rule '%s' (%s) may remove recovery points"
                    .formatted(rule.id(), RuleWords.of(rule)))
        .toList();
  }

  private static boolean meets(LifecycleRule rule, String prefix) {
    String theirs = RuleWords.prefix(rule);
    boolean overlaps = theirs.startsWith(prefix) || prefix.startsWith(theirs);
    @Nullable String ourTag = RuleWords.tags(rule).get(TAG);
    boolean onlyOthers = !RuleWords.tags(rule).isEmpty() && ourTag == null;
    return overlaps && !onlyOthers && !EXPIRING.equals(ourTag);
  }
}
