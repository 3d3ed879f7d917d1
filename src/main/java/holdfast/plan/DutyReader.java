package holdfast.plan;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads who is called, and when, from a well-formed file. */
final class DutyReader {

  private static final DateTimeFormatter DAY =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("EEE")
          .toFormatter(Locale.ENGLISH);

  private DutyReader() {}

  static List<EscalationLevel> levels(Section all) {
    return all.sections("escalation").stream().map(DutyReader::level).toList();
  }

  private static EscalationLevel level(Section at) {
    Section when = at.section("when");
    return new EscalationLevel(
        at.number("level", 0),
        Amounts.duration(at.text("after")),
        new EscalationLevel.When(
            constants(when, "severities", Severity.class),
            constants(when, "situations", Situation.class),
            when.texts("alarms").stream().map(Glob::new).toList(),
            when.has("hours") ? hours(when.section("hours")) : null),
        at.texts("contacts"),
        at.texts("channels"),
        at.durationOrNull("repeat"),
        at.textOrNull("external"),
        at.origin());
  }

  static Hours hours(Section at) {
    return new Hours(
        zone(at),
        LocalTime.parse(at.text("from")),
        LocalTime.parse(at.text("to")),
        Set.copyOf(at.texts("days").stream().map(DutyReader::day).toList()));
  }

  private static DayOfWeek day(String text) {
    return DayOfWeek.from(DAY.parse(text));
  }

  private static <E extends Enum<E>> List<E> constants(Section at, String field, Class<E> type) {
    return at.texts(field).stream()
        .map(text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)))
        .toList();
  }

  static Duty read(Section all) {
    Section updates = all.section("updates");
    return new Duty(
        all.sections("on-call").stream().map(DutyReader::rotation).toList(),
        all.sections("maintenance").stream().map(DutyReader::maintenance).toList(),
        all.has("quiet-hours") ? quiet(all.section("quiet-hours")) : null,
        all.has("updates")
            ? new Duty.Updates(Amounts.duration(updates.text("every")), updates.texts("channels"))
            : null);
  }

  private static Rotation rotation(Section at) {
    return new Rotation(
        at.text("name"),
        zone(at),
        LocalDate.parse(at.text("start")),
        LocalTime.parse(at.text("handover")),
        (int) Amounts.duration(at.text("every")).toDays(),
        at.texts("people"),
        at.sections("swaps").stream()
            .map(
                swap ->
                    new Rotation.Swap(
                        swap.text("person"),
                        LocalDateTime.parse(swap.text("from")),
                        LocalDateTime.parse(swap.text("to"))))
            .toList(),
        at.origin());
  }

  private static Maintenance maintenance(Section at) {
    return new Maintenance(
        at.text("name"),
        zone(at),
        at.textOrNull("cron"),
        at.durationOrNull("length"),
        moment(at, "from"),
        moment(at, "to"),
        at.origin());
  }

  private static @Nullable LocalDateTime moment(Section at, String field) {
    return at.has(field) ? LocalDateTime.parse(at.text(field)) : null;
  }

  private static QuietHours quiet(Section at) {
    return new QuietHours(
        zone(at),
        LocalTime.parse(at.text("from")),
        LocalTime.parse(at.text("to")),
        at.choice("below", Severity.HIGH));
  }

  static AlarmTest alarmTest(Section at) {
    return new AlarmTest(
        LocalTime.parse(at.text("at")),
        zone(at),
        at.duration("within", AlarmTest.WITHIN),
        at.texts("channels"),
        at.origin());
  }

  private static ZoneId zone(Section at) {
    return ZoneId.of(at.text("zone", Defaults.ZONE));
  }
}
