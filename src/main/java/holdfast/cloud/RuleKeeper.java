package holdfast.cloud;

import holdfast.journal.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.PutRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsResponse;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Tag;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** Rules of EventBridge, on the bus that AWS itself writes to. */
final class RuleKeeper implements Keeper {

  private static final String TARGET = "holdfast";

  private final EventBridgeClient events;
  private final Calls calls;

  RuleKeeper(EventBridgeClient events, Calls calls) {
    this.events = events;
    this.calls = calls;
  }

  @Override
  public Change.Kind kind() {
    return Change.Kind.RULE;
  }

  @Override
  public List<Thing> wanted(Place place) {
    return place.rules().stream()
        .map(
            rule ->
                new Thing(
                    rule.name(),
                    fields(rule.pattern(), "ENABLED", rule.description(), place.queueArn()),
                    place.system()))
        .toList();
  }

  private static Map<String, String> fields(
      @Nullable String pattern, String state, @Nullable String description, String target) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("events", String.valueOf(Documents.canonical(pattern)));
    fields.put("state", state);
    fields.put("description", description == null ? "" : description);
    fields.put("target", target);
    return fields;
  }

  @Override
  public List<Thing> found(Place place) {
    List<Thing> found = new ArrayList<>();
    String next = null;
    do {
      String token = next;
      ListRulesResponse page =
          calls.ask(
              "events:ListRules",
              () -> events.listRules(all -> all.namePrefix(place.prefix()).nextToken(token)));
      for (Rule rule : page.rules()) {
        found.add(
            thing(
                rule.name(),
                rule.arn(),
                rule.eventPattern(),
                rule.stateAsString(),
                rule.description()));
      }
      next = page.nextToken();
    } while (next != null);
    return found;
  }

  @Override
  public Optional<Thing> find(Place place, String name) {
    return calls.ask(
        "events:DescribeRule",
        () -> {
          try {
            DescribeRuleResponse rule = events.describeRule(get -> get.name(name));
            return Optional.of(
                thing(
                    name,
                    rule.arn(),
                    rule.eventPattern(),
                    rule.stateAsString(),
                    rule.description()));
          } catch (ResourceNotFoundException none) {
            return Optional.empty();
          }
        });
  }

  private Thing thing(
      String name,
      String arn,
      @Nullable String pattern,
      String state,
      @Nullable String description) {
    String target =
        targets(name).stream()
            .filter(one -> one.id().equals(TARGET))
            .map(RuleKeeper::words)
            .findFirst()
            .orElse("none");
    return new Thing(name, fields(pattern, state, description, target), owner(arn));
  }

  /** A target that gets something else than the event itself would give us no alarm to read. */
  private static String words(Target target) {
    boolean changed =
        target.input() != null || target.inputPath() != null || target.inputTransformer() != null;
    return target.arn() + (changed ? ", with an input of its own" : "");
  }

  private List<Target> targets(String rule) {
    return calls
        .ask("events:ListTargetsByRule", () -> events.listTargetsByRule(all -> all.rule(rule)))
        .targets();
  }

  private @Nullable String owner(String arn) {
    return calls
        .ask(
            "events:ListTagsForResource",
            () -> events.listTagsForResource(all -> all.resourceARN(arn)))
        .tags()
        .stream()
        .filter(tag -> tag.key().equals(Tagged.KEY))
        .map(Tag::value)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void put(Place place, String name, boolean there) {
    EventRule rule =
        place.rules().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    PutRuleRequest.Builder put =
        PutRuleRequest.builder()
            .name(name)
            .description(rule.description())
            .eventPattern(rule.pattern())
            .state(RuleState.ENABLED);
    if (!there) {
      put.tags(Tag.builder().key(Tagged.KEY).value(place.system()).build());
    }
    calls.ask("events:PutRule", () -> events.putRule(put.build()));
    target(place, name);
  }

  private void target(Place place, String name) {
    PutTargetsResponse put =
        calls.ask(
            "events:PutTargets",
            () ->
                events.putTargets(
                    all ->
                        all.rule(name)
                            .targets(Target.builder().id(TARGET).arn(place.queueArn()).build())));
    if (put.failedEntryCount() > 0) {
      throw calls.failure(
          Code.INVALID,
          false,
          "EventBridge refused the target of %s (%s)."
              .formatted(name, put.failedEntries().get(0).errorCode()),
          null);
    }
  }

  @Override
  public void remove(Place place, String name) {
    List<String> targets = targets(name).stream().map(Target::id).toList();
    if (!targets.isEmpty()) {
      calls.ask(
          "events:RemoveTargets", () -> events.removeTargets(all -> all.rule(name).ids(targets)));
    }
    calls.ask("events:DeleteRule", () -> events.deleteRule(gone -> gone.name(name)));
  }
}
