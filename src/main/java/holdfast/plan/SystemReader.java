package holdfast.plan;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a well-formed file of {@code systems/}. */
final class SystemReader {

  private SystemReader() {}

  static SystemPlan read(YamlTree tree) {
    Section all = new Section(tree, "");
    Section plan = all.section("plan");
    String system = all.text("system");
    List<AwsAlarms> aws = awsAlarms(system, all);
    return new SystemPlan(
        system,
        all.text("description"),
        plan.text("version"),
        plan.text("owner"),
        date(plan, "last-review"),
        date(plan, "next-review"),
        all.sections("components").stream().map(SystemReader::component).toList(),
        all.sections("assets").stream().map(asset -> asset(system, asset)).toList(),
        all.sections("probes").stream().map(probe -> ProbeReader.read(system, probe)).toList(),
        all.sections("contacts").stream().map(SystemReader::contact).toList(),
        DutyReader.levels(all),
        alarmRules(system, all, aws),
        DutyReader.read(all),
        aws,
        all.origin("system"));
  }

  private static List<AwsAlarms> awsAlarms(String system, Section all) {
    return all.sections("aws-alarms").stream().map(at -> AwsAlarmReader.read(system, at)).toList();
  }

  /** What operators say comes before what follows from the alarms they had put into AWS. */
  private static List<AlarmRule> alarmRules(String system, Section all, List<AwsAlarms> aws) {
    List<AlarmRule> rules = new ArrayList<>(AlarmRuleReader.read(all.sections("alarms"), system));
    aws.forEach(region -> rules.addAll(region.meanings(system)));
    return List.copyOf(rules);
  }

  private static @Nullable LocalDate date(Section at, String field) {
    return at.has(field) ? LocalDate.parse(at.text(field)) : null;
  }

  private static Component component(Section at) {
    Section objectives = at.section("objectives");
    String availability = objectives.textOrNull("availability");
    return new Component(
        at.text("name"),
        at.text("description"),
        Component.Priority.valueOf(at.text("priority")),
        new Objectives(
            objectives.durationOrNull("rto"),
            objectives.durationOrNull("rpo"),
            objectives.durationOrNull("mttr"),
            availability == null ? null : Amounts.share(availability)),
        at.origin());
  }

  private static Asset asset(String system, Section at) {
    Section source = at.section("source");
    return new Asset(
        new AssetId(system, at.text("name")),
        at.text("component"),
        new PostgresSpec(
            source.text("connection"),
            source.text("database"),
            source.choice("content", Defaults.CONTENT),
            source.texts("tables")),
        pipeline(at.section("pipeline")),
        at.sections("schedules").stream().map(SystemReader::schedule).toList(),
        at.texts("stores"),
        new CopyRules(at.section("copies").number("required", Defaults.COPIES_REQUIRED)),
        at.has("verification") ? verification(at.section("verification")) : Defaults.VERIFICATION,
        at.has("retention") ? RetentionReader.read(at.section("retention")) : Defaults.RETENTION,
        at.has("lifecycle") ? lifecycle(at.section("lifecycle")) : Defaults.LIFECYCLE,
        at.texts("channels"),
        at.origin());
  }

  private static Pipeline pipeline(Section at) {
    Pipeline.Compression compression = at.choice("compression", Defaults.COMPRESSION);
    return new Pipeline(
        compression, at.number("level", Defaults.level(compression)), at.texts("recipients"));
  }

  private static Schedule schedule(Section at) {
    return new Schedule(
        at.text("name"),
        at.text("cron"),
        ZoneId.of(at.text("zone", Defaults.ZONE)),
        at.flag("enabled", true),
        at.origin());
  }

  private static Verification verification(Section at) {
    Long countLimit = at.longOrNull("count-limit");
    return new Verification(
        at.flag("after-backup", true),
        at.duration("statement-timeout", Defaults.STATEMENT_TIMEOUT),
        countLimit == null ? Defaults.COUNT_LIMIT : countLimit,
        at.sections("queries").stream().map(SystemReader::query).toList(),
        at.durationOrNull("at-least-every"));
  }

  private static Verification.Query query(Section at) {
    return new Verification.Query(
        at.text("name"),
        at.text("sql"),
        at.longOrNull("min"),
        at.longOrNull("max"),
        at.longOrNull("equal"),
        at.textOrNull("table"),
        at.origin());
  }

  private static Lifecycle lifecycle(Section at) {
    return new Lifecycle(
        at.durationOrNull("archive-after"),
        at.text("archive-class", Defaults.ARCHIVE_CLASS),
        at.durationOrNull("expire-after"),
        at.duration("abort-uploads-after", Defaults.ABORT_UPLOADS_AFTER));
  }

  private static Contact contact(Section at) {
    return new Contact(
        at.text("name"),
        at.text("role"),
        at.textOrNull("email"),
        at.textOrNull("phone"),
        at.texts("deputies"),
        at.origin());
  }
}
