package holdfast.plan;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must hold within one well-formed file of {@code systems/}; references are checked apart. */
final class SystemRules {

  private final Section all;
  private final List<Finding> findings;

  SystemRules(YamlTree tree, List<Finding> findings) {
    this.all = new Section(tree, "");
    this.findings = findings;
  }

  void check() {
    unique(all.sections("components"), "Component");
    unique(all.sections("assets"), "Asset");
    unique(all.sections("contacts"), "Contact");
    unique(all.sections("probes"), "Probe");
    all.sections("probes").forEach(probe -> new ProbeRules(probe, findings).check());
    reviews(all.section("plan"));
    all.sections("contacts").forEach(this::contact);
    new EscalationRules(all, findings).check(all.text("system"));
    new DutyRules(all, findings).check();
    idleComponents();
    new AlarmRuleRules(all.sections("alarms"), findings).ofSystem();
    new AwsAlarmRules(all, findings).check();
    for (Section asset : all.sections("assets")) {
      source(asset.section("source"));
      pipeline(asset.section("pipeline"));
      people(asset);
      copies(asset);
      lifecycle(asset.section("lifecycle"));
      new RetentionRules(asset, findings).check();
      new ScheduleRules(asset, findings).check();
      new QueryRules(asset, findings).check();
      unique(asset.sections("schedules"), "Schedule");
      unique(asset.section("verification").sections("queries"), "Query");
    }
  }

  private void unique(List<Section> blocks, String kind) {
    Map<String, Section> seen = new HashMap<>();
    for (Section block : blocks) {
      Section first = seen.putIfAbsent(block.text("name"), block);
      if (first != null) {
        error(
            block.origin("name"),
            "%s '%s' is declared twice; the first is on line %d."
                .formatted(kind, block.text("name"), first.origin("name").line()),
            "Rename or remove one of them.");
      }
    }
  }

  private void reviews(Section plan) {
    boolean readable = date(plan, "last-review") & date(plan, "next-review");
    if (readable
        && plan.has("last-review")
        && plan.has("next-review")
        && plan.text("next-review").compareTo(plan.text("last-review")) <= 0) {
      error(
          plan.origin("next-review"),
          "plan.next-review is not after plan.last-review.",
          "Write the day of the coming review.");
    }
  }

  private boolean date(Section plan, String field) {
    try {
      return !plan.has(field) || LocalDate.parse(plan.text(field)) != null;
    } catch (DateTimeParseException e) {
      error(
          plan.origin(field),
          "plan.%s is no day of the calendar.".formatted(field),
          "Write year, month and day, such as 2027-01-31.");
      return false;
    }
  }

  private void contact(Section contact) {
    if (!contact.has("email") && !contact.has("phone")) {
      error(
          contact.origin(),
          "Contact '%s' cannot be reached.".formatted(contact.text("name")),
          "Add email or phone.");
    }
    if (contact.texts("deputies").contains(contact.text("name"))) {
      error(
          contact.origin("deputies"),
          "Contact '%s' is their own deputy.".formatted(contact.text("name")),
          "Name somebody else.");
    }
  }

  private void idleComponents() {
    List<String> used =
        all.sections("assets").stream().map(asset -> asset.text("component")).toList();
    List<String> known =
        all.sections("components").stream().map(component -> component.text("name")).toList();
    if (!known.containsAll(used)) {
      return;
    }
    for (Section component : all.sections("components")) {
      if (!used.contains(component.text("name"))) {
        warning(
            component.origin(),
            "No asset protects the component '%s'.".formatted(component.text("name")),
            "Declare an asset with component: %s, or remove it.".formatted(component.text("name")));
      }
    }
  }

  private void source(Section source) {
    PostgresNames.check(source, "database", "Write the database's bare name.", findings);
    boolean tables = source.text("content").equals("table");
    if (tables && !source.has("tables")) {
      error(
          source.origin("content"),
          source.place() + " has content: table but names no table.",
          "Add tables: [public.users].");
    }
    if (!tables && source.has("tables")) {
      error(
          source.origin("tables"),
          source.place() + " names tables without content: table.",
          "Add content: table, or remove tables to dump everything.");
    }
  }

  private void pipeline(Section pipeline) {
    if (pipeline.texts("recipients").isEmpty()) {
      error(
          pipeline.origin("recipients"),
          pipeline.place() + " has no recipient, so nobody could open its points.",
          "Name at least one of keys.recipients.");
    }
    if (pipeline.text("compression").equals("gzip") && pipeline.number("level", 1) > 9) {
      error(
          pipeline.origin("level"),
          "%s.level is %s, but gzip ends at 9.".formatted(pipeline.place(), pipeline.text("level")),
          "Write 1 to 9, or compression: zstd.");
    }
  }

  private void people(Section asset) {
    if (asset.texts("stores").isEmpty()) {
      error(
          asset.origin("stores"),
          "Asset '%s' has no store to rest in.".formatted(asset.text("name")),
          "Name at least one store of application.yml.");
    }
    if (asset.texts("channels").isEmpty()) {
      warning(
          asset.has("channels") ? asset.origin("channels") : asset.origin(),
          "Nobody hears of asset '%s'.".formatted(asset.text("name")),
          "Add channels: [NAME].");
    }
  }

  private void copies(Section asset) {
    int required = asset.section("copies").number("required", Defaults.COPIES_REQUIRED);
    int stores = asset.texts("stores").size();
    if (required > stores && stores > 0) {
      error(
          asset.section("copies").origin("required"),
          "Asset '%s' requires %d good copies but has %d stores, so no point of it could be good."
              .formatted(asset.text("name"), required, stores),
          "Write at most %d, or name more stores.".formatted(stores));
    }
  }

  private void lifecycle(Section lifecycle) {
    if (lifecycle.has("archive-after")
        && lifecycle.has("expire-after")
        && Amounts.duration(lifecycle.text("expire-after"))
                .compareTo(Amounts.duration(lifecycle.text("archive-after")))
            <= 0) {
      error(
          lifecycle.origin("expire-after"),
          lifecycle.place() + " expires data before it is archived.",
          "Write more than %s, or remove archive-after."
              .formatted(lifecycle.text("archive-after")));
    }
  }

  private void error(Origin origin, String what, String fix) {
    findings.add(Finding.error(origin, what, fix));
  }

  private void warning(Origin origin, String what, String fix) {
    findings.add(Finding.warning(origin, what, fix));
  }
}
