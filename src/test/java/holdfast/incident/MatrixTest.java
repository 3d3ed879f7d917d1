package holdfast.incident;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.alarm.Alarm;
import holdfast.plan.Duty;
import holdfast.plan.EscalationLevel.When;
import holdfast.plan.Glob;
import holdfast.plan.Hours;
import holdfast.plan.Maintenance;
import holdfast.plan.Origin;
import holdfast.plan.Plans;
import holdfast.plan.QuietHours;
import holdfast.plan.Rotation;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Origin ORIGIN = new Origin(Path.of("systems/shop.yml"), 1);

  @Test
  void levels_are_due_by_elapsed_time() {
    assertThat(steps(Duties.plans(Duties.three()), Severity.HIGH, Situation.DATABASE, NOON))
        .extracting(step -> step.level() + " " + Duration.between(NOON, step.due()).toMinutes())
        .containsExactly("1 0", "2 15", "3 120");
  }

  @Test
  void branches_of_one_level_are_taken_where_they_fit() {
    When security = new When(List.of(), List.of(Situation.SECURITY));
    When database = new When(List.of(), List.of(Situation.DATABASE));
    When critical = new When(List.of(Severity.CRITICAL), List.of());
    Plans plans =
        Duties.plans(
            List.of(
                Duties.level(1, Duration.ZERO, "chat", "Ada"),
                Duties.level(2, Duration.ofMinutes(5), database, "mail", "Bob", null),
                Duties.level(2, Duration.ofMinutes(5), security, "topic", "Cleo", null),
                Duties.level(3, Duration.ofMinutes(9), critical, "mail", "Cleo", null)));

    assertThat(people(plans, Severity.HIGH, Situation.DATABASE))
        .containsExactly("1 [Ada] [chat]", "2 [Bob] [mail]");
    assertThat(people(plans, Severity.CRITICAL, Situation.SECURITY))
        .containsExactly("1 [Ada] [chat]", "2 [Cleo] [topic]", "3 [Cleo] [mail]");
    assertThat(people(plans, Severity.LOW, Situation.PIPELINE)).containsExactly("1 [Ada] [chat]");
  }

  @Test
  void branches_of_one_level_are_taken_by_the_alarms_and_by_the_hour() {
    Hours office =
        new Hours(
            ZoneId.of("Europe/Berlin"),
            LocalTime.parse("08:00"),
            LocalTime.parse("18:00"),
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
    When day = new When(List.of(), List.of(), List.of(), office);
    When checkout = new When(List.of(), List.of(), List.of(new Glob("checkout-*")), null);
    Plans plans =
        Duties.plans(
            List.of(
                Duties.level(1, Duration.ZERO, checkout, "topic", "Cleo", null),
                Duties.level(1, Duration.ZERO, day, "chat", "Ada", null),
                Duties.level(2, Duration.ofHours(2), day, "mail", "Bob", null)));
    String friday = "2026-11-20T15:30:00Z"; // half past four in Berlin
    String saturday = "2026-11-21T15:30:00Z";

    assertThat(people(plans, friday, "disk-full"))
        .as("the second is due after six")
        .containsExactly("1 [Ada]");
    assertThat(people(plans, friday, "Checkout-latency")).containsExactly("1 [Cleo, Ada]");
    assertThat(people(plans, saturday, "checkout-latency")).containsExactly("1 [Cleo]");
    assertThat(people(plans, "2026-11-20T14:59:59Z", "disk-full"))
        .containsExactly("1 [Ada]", "2 [Bob]");
    assertThat(people(plans, saturday, "disk-full")).isEmpty();
    assertThat(day.words()).isEqualTo("08:00 to 18:00 Europe/Berlin, Mon, Tue, Wed, Thu, Fri");
    assertThat(checkout.words()).isEqualTo("alarms checkout-*");
  }

  private static List<String> people(Plans plans, String began, String alarm) {
    Instant now = Instant.parse(began);
    Alarm fires =
        Watchroom.alarm(alarm, Alarm.State.FIRING, Severity.HIGH, Situation.DATABASE, now, 0);
    Signal signal = Burst.of(List.of(fires)).get(0).over(null, "i", now);
    Incident incident = Openings.of("i", fires, Severity.HIGH, signal, now);
    return Matrix.steps(Policy.of(plans, "roleferry"), incident, Instant.MIN).stream()
        .map(step -> step.level() + " " + step.contacts())
        .toList();
  }

  @Test
  void one_systems_silence_and_pace_are_not_anothers() {
    QuietHours all =
        new QuietHours(
            ZoneId.of("UTC"),
            LocalTime.parse("11:00"),
            LocalTime.parse("20:00"),
            Severity.CRITICAL);
    Policy quiet =
        Policy.of(
            Duties.plans(
                List.of(
                    Duties.level(1, Duration.ZERO, "chat", "Ada"),
                    Duties.level(3, Duration.ofMinutes(15), "mail", "Bob")),
                new Duty(List.of(), List.of(), all, null)),
            "roleferry");
    Policy awake = Policy.of(Duties.two(), "harbour");
    Policy slow =
        new Policy(
            "harbour",
            "slow",
            List.of(Duties.level(2, Duration.ofHours(9), "mail", "Eve")),
            Duty.NONE,
            List.of(),
            awake.channels(),
            List.of());

    assertThat(times(quiet)).containsExactly("1 20:00 [Ada]", "3 20:00 [Bob]");
    assertThat(times(quiet.joinedBy(List.of(awake))))
        .containsExactly("1 12:00 [Ada, harbour/Dan]", "2 12:15 [harbour/Eve]", "3 20:00 [Bob]");
    assertThat(times(quiet.joinedBy(List.of(slow))))
        .as("a lower level is called with a higher one, and never keeps it waiting")
        .containsExactly("1 20:00 [Ada]", "2 20:00 [harbour/Eve]", "3 20:00 [Bob]");
  }

  private static List<String> times(Policy policy) {
    Incident incident =
        Openings.of(
            "i", new Opening("roleferry", Severity.HIGH, Situation.REGION, "t", "", "ada"), NOON);
    return Matrix.steps(policy, incident, Instant.MIN).stream()
        .map(
            step ->
                "%d %s %s"
                    .formatted(
                        step.level(), step.due().toString().substring(11, 16), step.contacts()))
        .toList();
  }

  @Test
  void a_rotation_stands_for_whoever_is_on_call_when_the_level_is_due() {
    Rotation rotation =
        new Rotation(
            "first-line",
            ZoneId.of("UTC"),
            LocalDate.parse("2026-11-21"),
            LocalTime.parse("12:10"),
            1,
            List.of("Bob", "Cleo"),
            List.of(),
            ORIGIN);
    Plans plans =
        Duties.plans(
            List.of(
                Duties.level(1, Duration.ZERO, "chat", "first-line"),
                Duties.level(2, Duration.ofMinutes(15), "chat", "first-line")),
            new Duty(List.of(rotation), List.of(), null, null));

    assertThat(people(plans, Severity.HIGH, Situation.DATABASE))
        .containsExactly("1 [Cleo] [chat]", "2 [Bob] [chat]");
    Incident incident =
        Openings.of(
            "i", new Opening("roleferry", Severity.HIGH, Situation.DATABASE, "t", "", "ada"), NOON);
    assertThat(
            Matrix.steps(
                Policy.of(plans, "roleferry"), incident, NOON.plus(Duration.ofMinutes(11))))
        .as("called late or again, after the handover")
        .extracting(Matrix.Step::contacts)
        .containsExactly(List.of("Bob"), List.of("Bob"));
  }

  @Test
  void silences_hold_back_to_their_very_end_and_never_what_is_critical() {
    Maintenance window =
        new Maintenance(
            "patches",
            ZoneId.of("UTC"),
            null,
            null,
            LocalDateTime.parse("2026-11-21T11:00"),
            LocalDateTime.parse("2026-11-21T13:00"),
            ORIGIN);
    QuietHours quiet =
        new QuietHours(
            ZoneId.of("UTC"), LocalTime.parse("13:00"), LocalTime.parse("14:00"), Severity.HIGH);
    Plans plans = Duties.plans(Duties.three(), new Duty(List.of(), List.of(window), quiet, null));

    assertThat(times(plans, Severity.CRITICAL)).containsExactly("12:00", "12:15", "14:00");
    assertThat(times(plans, Severity.HIGH)).containsExactly("13:00", "13:00", "14:00");
    assertThat(times(plans, Severity.MEDIUM)).containsExactly("14:00", "14:00", "14:00");
    assertThat(steps(plans, Severity.HIGH, Situation.BACKUP, NOON).get(0).reason())
        .isEqualTo("At once, held back by maintenance patches, by the escalation of roleferry.");
  }

  @Test
  void where_nothing_is_declared_every_channel_hears_of_what_is_grave() {
    Plans plans = Duties.plans(List.of());

    assertThat(steps(plans, Severity.HIGH, Situation.BACKUP, NOON))
        .singleElement()
        .satisfies(step -> assertThat(step.channels()).containsExactly("chat", "mail", "topic"));
    assertThat(steps(plans, Severity.MEDIUM, Situation.BACKUP, NOON)).isEmpty();
  }

  private static List<String> times(Plans plans, Severity severity) {
    return steps(plans, severity, Situation.DATABASE, NOON).stream()
        .map(step -> step.due().toString().substring(11, 16))
        .toList();
  }

  private static List<String> people(Plans plans, Severity severity, Situation situation) {
    return steps(plans, severity, situation, NOON).stream()
        .map(step -> "%d %s %s".formatted(step.level(), step.contacts(), step.channels()))
        .toList();
  }

  private static List<Matrix.Step> steps(
      Plans plans, Severity severity, Situation situation, Instant from) {
    Incident incident =
        Openings.of("i", new Opening("roleferry", severity, situation, "t", "", "ada"), from);
    return Matrix.steps(Policy.of(plans, "roleferry"), incident, Instant.MIN);
  }
}
