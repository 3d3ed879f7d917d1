package holdfast.plan;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether every name that a system's file uses is declared somewhere. */
final class References {

  private static final Set<String> INCIDENTS_ONLY = Set.of("sms", "pagerduty", "status-page");

  private final Section system;
  private final List<Finding> findings;

  References(YamlTree tree, List<Finding> findings) {
    this.system = new Section(tree, "");
    this.findings = findings;
  }

  /** Names declared in the same file. */
  void within() {
    List<String> components = names(system.sections("components"));
    List<String> contacts = names(system.sections("contacts"));
    system.sections("assets").forEach(asset -> one(asset, "component", "component", components));
    system.sections("probes").forEach(probe -> one(probe, "component", "component", components));
    system.sections("contacts").forEach(contact -> each(contact, "deputies", "contact", contacts));
    List<String> rotations = names(system.sections("on-call"));
    List<String> callable = Stream.concat(contacts.stream(), rotations.stream()).toList();
    system.sections("escalation").forEach(level -> each(level, "contacts", "contact", callable));
    for (Section rotation : system.sections("on-call")) {
      each(rotation, "people", "contact", contacts);
      rotation.sections("swaps").forEach(swap -> one(swap, "person", "contact", contacts));
    }
    for (Section rule : system.sections("alarms")) {
      about(rule, "component", components);
      about(rule, "asset", names(system.sections("assets")));
      together(rule);
    }
    for (Section region : system.sections("aws-alarms")) {
      region.sections("alarms").forEach(alarm -> about(alarm, "component", components));
    }
  }

  /** An asset belongs to one component; a rule that names another contradicts itself. */
  private void together(Section rule) {
    system.sections("assets").stream()
        .filter(asset -> rule.has("component") && asset.text("name").equals(rule.text("asset")))
        .filter(asset -> !asset.text("component").equals(rule.text("component")))
        .map(
            asset ->
                Finding.error(
                    rule.origin("component"),
                    "%s names asset '%s', which belongs to component '%s'."
                        .formatted(rule.place(), rule.text("asset"), asset.text("component")),
                    "Name that component, or none."))
        .forEach(findings::add);
  }

  private void about(Section rule, String field, List<String> known) {
    if (rule.has(field)) {
      one(rule, field, field, known);
    }
  }

  /** Names declared in {@code application.yml}. */
  void into(YamlTree application) {
    Section all = new Section(application, "/holdfast");
    Collection<String> stores = all.named("stores", Section::key).keySet();
    Collection<String> channels = all.named("channels", Section::key).keySet();
    Collection<String> connections = all.named("connections", Section::key).keySet();
    Collection<String> keys = all.section("keys").named("recipients", Section::key).keySet();
    for (Section asset : system.sections("assets")) {
      one(asset.section("source"), "connection", "connection", connections);
      each(asset, "stores", "store", stores);
      each(asset, "channels", "channel", channels);
      forBackups(asset, all);
      each(asset.section("pipeline"), "recipients", "recipient", keys);
      scratchApart(asset, all.section("scratch"));
    }
    system.sections("probes").stream()
        .filter(probe -> probe.has("connection"))
        .forEach(probe -> one(probe, "connection", "connection", connections));
    system.sections("escalation").forEach(level -> each(level, "channels", "channel", channels));
    each(system.section("updates"), "channels", "channel", channels);
    new AlarmRuleRules(system.sections("alarms"), findings).senders(application);
    Collection<Section> senders = all.named("senders", sender -> sender).values();
    system.sections("aws-alarms").forEach(region -> read(region, senders));
  }

  /** Names within {@code application.yml} itself. */
  static void ofInstallation(YamlTree application, List<Finding> findings) {
    Section all = new Section(application, "/holdfast");
    Collection<String> channels = all.named("channels", Section::key).keySet();
    References references = new References(application, findings);
    all.sections("escalation")
        .forEach(level -> references.each(level, "channels", "channel", channels));
    references.each(all.section("alarm-test"), "channels", "channel", channels);
    Collection<String> stores = all.named("stores", Section::key).keySet();
    references.each(all.section("audit"), "stores", "store", stores);
  }

  /** A telephone shall not ring for every good backup. */
  private void forBackups(Section asset, Section all) {
    List<String> names = asset.texts("channels");
    for (int i = 0; i < names.size(); i++) {
      String kind = all.section("channels").section(names.get(i)).text("kind");
      if (INCIDENTS_ONLY.contains(kind)) {
        findings.add(
            Finding.error(
                asset.section("channels").origin(Integer.toString(i)),
                "%s.channels names '%s', and a channel of kind %s is for incidents alone."
                    .formatted(asset.place(), Echo.of(names.get(i)), kind),
                "Name it in a level of escalation instead."));
      }
    }
  }

  /** A queue that nobody reads keeps its alarms to itself. */
  private void read(Section region, Collection<Section> senders) {
    String name = region.text("queue", AwsAlarms.queueOf(system.text("system")));
    String end = ":%s:[0-9]{12}:%s".formatted(region.text("region"), name);
    if (senders.stream()
        .noneMatch(sender -> sender.text("queue").matches("arn:[a-z-]+:sqs" + end))) {
      findings.add(
          Finding.warning(
              region.has("queue") ? region.origin("queue") : region.origin(),
              "No sender of application.yml reads the queue '%s' of %s."
                  .formatted(name, region.text("region")),
              "Add one of kind: sqs with its ARN, or alarms end there."));
    }
  }

  private void scratchApart(Section asset, Section scratch) {
    Section source = asset.section("source");
    if (scratch.has("connection") && scratch.text("connection").equals(source.text("connection"))) {
      findings.add(
          Finding.warning(
              source.origin("connection"),
              "Proofs of asset '%s' would restore into the very server it is read from."
                  .formatted(asset.text("name")),
              "Name another connection under scratch, or none for a private server."));
    }
  }

  private static List<String> names(List<Section> blocks) {
    return blocks.stream().map(block -> block.text("name")).toList();
  }

  private void one(Section at, String field, String kind, Collection<String> known) {
    unknown(at, field, kind, at.text(field), known).ifPresent(findings::add);
  }

  void each(Section at, String field, String kind, Collection<String> known) {
    List<String> names = at.texts(field);
    for (int i = 0; i < names.size(); i++) {
      Origin origin = at.section(field).origin(Integer.toString(i));
      unknown(at, field, kind, names.get(i), known)
          .map(found -> Finding.error(origin, found.what(), found.fix()))
          .ifPresent(findings::add);
    }
  }

  private static Optional<Finding> unknown(
      Section at, String field, String kind, String name, Collection<String> known) {
    if (known.contains(name)) {
      return Optional.empty();
    }
    String declared =
        known.isEmpty() ? "None is declared." : "Declared: " + String.join(", ", known) + ".";
    return Optional.of(
        Finding.error(
            at.origin(field),
            "%s.%s names '%s', which is no %s.".formatted(at.place(), field, Echo.of(name), kind),
            Nearest.fix(name, known, declared)));
  }
}
