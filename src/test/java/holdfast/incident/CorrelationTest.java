package holdfast.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.alarm.Alarm;
import holdfast.plan.EscalationLevel.When;
import holdfast.plan.Glob;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class CorrelationTest {

  private final Watchroom room = new Watchroom(Duties.plans(Duties.three()));

  @Test
  void troubles_of_one_system_and_kind_are_one_incident() {
    take("a", "roleferry", Situation.DATABASE);
    take("b", "roleferry", Situation.DATABASE);
    take("c", "roleferry", Situation.SERVER);
    take("d", "roleferry", Situation.APPLICATION);

    assertThat(situations()).containsExactlyInAnyOrder("DATABASE 2", "SERVER 2");
    assertThat(room.told()).hasSize(2);
  }

  @Test
  void after_a_quarter_of_an_hour_without_an_alarm_another_trouble_is_another_incident() {
    take("a", "roleferry", Situation.DATABASE);
    room.sleep(Duration.ofMinutes(14));
    take("b", "roleferry", Situation.DATABASE);
    room.sleep(Duration.ofMinutes(14));
    take("c", "roleferry", Situation.DATABASE);
    room.sleep(Duration.ofMinutes(16));
    take("d", "roleferry", Situation.DATABASE);

    assertThat(situations()).containsExactlyInAnyOrder("DATABASE 3", "DATABASE 1");
  }

  @Test
  void a_region_that_fails_swallows_what_fails_with_it_but_no_intruder() {
    take("r", "roleferry", Situation.REGION);
    take("a", "roleferry", Situation.DATABASE);
    take("b", "roleferry", Situation.REDIS);
    take("s", "roleferry", Situation.SECURITY);

    assertThat(situations()).containsExactlyInAnyOrder("REGION 3", "SECURITY 1");
  }

  @Test
  void a_region_that_fails_is_one_incident_for_all_systems_and_calls_the_people_of_each() {
    Watchroom two = new Watchroom(Duties.two());
    two.incidents.take(List.of(failing("r", null, Situation.REGION, two)));
    two.incidents.take(List.of(failing("a", "roleferry", Situation.DATABASE, two)));
    two.sleep(Duration.ofMinutes(1));
    two.incidents.take(List.of(failing("b", "harbour", Situation.APPLICATION, two)));
    two.incidents.take(List.of(failing("c", "harbour", Situation.REDIS, two)));

    assertThat(two.only().systems()).containsExactly("roleferry", "harbour");
    assertThat(two.only().events()).isEqualTo(4);
    assertThat(two.notices())
        .filteredOn(notice -> Teller.asks(notice.type()))
        .extracting(Notice::contacts)
        .containsExactly(
            List.of(), List.of(), List.of(), List.of("roleferry/Ada"), List.of("harbour/Dan"));
    two.pass(Duration.ofMinutes(16));
    assertThat(two.notices())
        .filteredOn(notice -> notice.level() == 2)
        .as("the second level of both, at once")
        .extracting(Notice::contacts)
        .containsOnly(List.of("roleferry/Bob", "harbour/Eve"));
  }

  @Test
  void whoever_is_there_for_an_alarm_is_called_when_it_joins_what_was_open_before() {
    Watchroom shop = withCheckout();
    shop.incidents.take(List.of(failing("cpu", "roleferry", Situation.DATABASE, shop)));
    shop.sleep(Duration.ofMinutes(1));
    shop.incidents.take(List.of(failing("checkout-slow", "roleferry", Situation.DATABASE, shop)));
    shop.incidents.take(List.of(failing("checkout-down", "roleferry", Situation.DATABASE, shop)));

    assertThat(shop.told()).containsExactly("chat OPENED 1", "mail ESCALATED 1");
    assertThat(shop.notices().get(1).contacts()).containsExactly("Bob");

    shop.incidents.acknowledge(shop.only().id(), "ada", "page");
    assertThat(shop.only().alarms()).containsExactly("cpu", "checkout-slow", "checkout-down");
  }

  /** Where Ada is called for everything, and Bob too where one alarm is of the checkout. */
  private static Watchroom withCheckout() {
    When checkout = new When(List.of(), List.of(), List.of(new Glob("checkout-*")), null);
    return new Watchroom(
        Duties.plans(
            List.of(
                Duties.level(1, Duration.ZERO, "chat", "Ada"),
                Duties.level(1, Duration.ZERO, checkout, "mail", "Bob", null))));
  }

  @Test
  void what_joins_an_incident_that_somebody_deals_with_still_calls_who_is_there_for_it() {
    Watchroom shop = withCheckout();
    shop.incidents.take(List.of(failing("cpu", "roleferry", Situation.DATABASE, shop)));
    shop.incidents.acknowledge(shop.only().id(), "ada", "page");
    shop.sleep(Duration.ofMinutes(6));
    shop.incidents.take(List.of(failing("checkout-slow", "roleferry", Situation.DATABASE, shop)));

    assertThat(shop.only().state()).isEqualTo(Incident.State.ACKNOWLEDGED);
    assertThat(shop.told())
        .as("once each, and whoever deals with it hears that it grew")
        .containsExactly(
            "chat OPENED 1", "chat ACKNOWLEDGED 0", "mail ESCALATED 1", "chat UPDATED 0");
  }

  @Test
  void a_resolve_that_a_batch_runs_into_is_not_overwritten_by_it() throws Exception {
    Alarm fires = room.fires("a");
    room.incidents.take(List.of(fires));
    String id = room.only().id();
    room.sleep(Duration.ofMinutes(1));
    CountDownLatch resolved = new CountDownLatch(1);
    CompletableFuture<Void> person =
        CompletableFuture.runAsync(
            () ->
                room.node
                    .transaction()
                    .run(
                        () -> {
                          room.incidents.resolve(id, "ada", "Fixed");
                          resolved.countDown();
                          await().until(this::somebodyWaits);
                        }));
    assertThat(resolved.await(30, TimeUnit.SECONDS)).isTrue();
    room.incidents.take(List.of(repeated(fires)));
    person.get(30, TimeUnit.SECONDS);

    assertThat(room.only().state()).isEqualTo(Incident.State.RESOLVED);
    assertThat(room.signal("a").state()).isEqualTo(Alarm.State.CLEARED);
    room.sleep(Duration.ofMinutes(6));
    room.incidents.take(List.of(repeated(fires)));
    assertThat(room.only().state()).isEqualTo(Incident.State.OPEN);
  }

  private boolean somebodyWaits() {
    return JdbcClient.create(room.node.source())
        .sql(
            """
            SELECT count(*) > 0 FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'""")
        .query(Boolean.class)
        .single();
  }

  @Test
  void a_trouble_that_its_source_repeats_though_a_person_ended_it_is_there_again() {
    Alarm fires = room.fires("a");
    room.incidents.take(List.of(fires));
    room.sleep(Duration.ofMinutes(10));
    room.incidents.resolve(room.only().id(), "ada", "Fixed, I think");
    room.sleep(Duration.ofMinutes(1));
    room.incidents.take(List.of(repeated(fires)));
    assertThat(room.only().active()).as("it was on its way").isFalse();

    room.sleep(Duration.ofMinutes(5));
    room.incidents.take(List.of(repeated(fires)));
    assertThat(room.only().state()).isEqualTo(Incident.State.OPEN);
    assertThat(room.only().reopened()).isEqualTo(1);
    room.incidents.take(List.of(repeated(fires)));
    assertThat(room.only().reopened()).isEqualTo(1);
    room.incidents.take(List.of(room.clears("a")));
    room.pass(Duration.ofMinutes(11));
    assertThat(room.only().active()).as("the source says that it is over").isFalse();
  }

  @Test
  void long_after_a_person_ended_it_the_repeated_trouble_is_an_incident_of_its_own_that_can_end() {
    Alarm fires = room.fires("a");
    room.incidents.take(List.of(fires));
    room.incidents.resolve(room.only().id(), "ada", "Fixed, I think");
    room.sleep(Duration.ofHours(4));
    room.incidents.take(List.of(repeated(fires)));
    room.incidents.take(List.of(repeated(fires)));
    assertThat(room.incidents.recent(10)).hasSize(2);
    assertThat(room.incidents.open()).singleElement().matches(one -> one.events() == 2);
    room.incidents.take(List.of(room.clears("a")));
    room.pass(Duration.ofMinutes(6));
    assertThat(room.incidents.open()).isEmpty();
  }

  /** The same event again, in another delivery. */
  private static Alarm repeated(Alarm alarm) {
    return Watchroom.about(
        alarm.subject(),
        alarm.fingerprint(),
        alarm.state(),
        alarm.severity(),
        alarm.situation(),
        alarm.at(),
        alarm.sequence());
  }

  private static Alarm failing(
      String fingerprint, @Nullable String system, Situation situation, Watchroom at) {
    return Watchroom.about(
        new Alarm.Subject(system, null, null, fingerprint, String.valueOf(system), "us-east-1"),
        fingerprint,
        Alarm.State.FIRING,
        Severity.HIGH,
        situation,
        at.now(),
        0);
  }

  @Test
  void an_incident_ends_only_when_all_its_troubles_are_over() {
    take("a", "roleferry", Situation.DATABASE);
    take("b", "roleferry", Situation.DATABASE);
    room.sleep(Duration.ofSeconds(5));
    room.incidents.take(List.of(room.clears("a")));
    room.pass(Duration.ofMinutes(10));
    assertThat(room.only().active()).isTrue();
    room.incidents.take(List.of(room.clears("b")));
    room.pass(Duration.ofMinutes(6));

    assertThat(room.only().active()).isFalse();
  }

  @Test
  void what_belongs_to_no_system_is_related_by_its_place() {
    take("a", null, Situation.SERVER);
    take("b", null, Situation.SERVER);
    take("c", null, Situation.DATABASE);

    assertThat(situations()).containsExactlyInAnyOrder("SERVER 2", "DATABASE 1");
    assertThat(room.told()).as("every channel, where nothing is declared").hasSize(6);
  }

  @Test
  void of_troubles_that_come_together_the_worst_gives_its_name() {
    room.incidents.take(
        List.of(
            graded("a", Severity.MEDIUM),
            graded("worst", Severity.CRITICAL),
            graded("b", Severity.HIGH)));

    assertThat(room.only().title()).isEqualTo("Trouble worst");
    assertThat(room.only().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(room.notices()).extracting(Notice::title).containsExactly("Trouble worst");
  }

  @Test
  void what_becomes_worse_than_what_was_acknowledged_calls_people_anew() {
    room.incidents.take(List.of(graded("a", Severity.MEDIUM)));
    String id = room.only().id();
    room.incidents.acknowledge(id, "ada", "page");
    room.sleep(Duration.ofMinutes(1));
    room.incidents.take(List.of(graded("b", Severity.CRITICAL)));

    assertThat(room.only().state()).isEqualTo(Incident.State.OPEN);
    assertThat(room.only().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(room.told())
        .containsExactly("chat OPENED 1", "chat ACKNOWLEDGED 0", "chat UPDATED 0", "chat OPENED 1");
    room.pass(Duration.ofMinutes(16));
    assertThat(room.told()).endsWith("mail ESCALATED 2");
  }

  @Test
  void who_deals_with_an_incident_hears_that_it_grows_but_not_of_each_trouble() {
    room.incidents.take(List.of(graded("a", Severity.HIGH)));
    room.incidents.acknowledge(room.only().id(), "ada", "page");
    for (int i = 0; i < 20; i++) {
      room.sleep(Course.NEWS.dividedBy(10));
      room.incidents.take(List.of(graded("more-" + i, Severity.HIGH)));
    }

    assertThat(room.only().state()).isEqualTo(Incident.State.ACKNOWLEDGED);
    assertThat(room.told())
        .containsExactly(
            "chat OPENED 1", "chat ACKNOWLEDGED 0", "chat UPDATED 0", "chat UPDATED 0");
  }

  @Test
  void a_label_of_a_foreign_event_keeps_no_channel_from_hearing() {
    Alarm alarm = graded("a", Severity.CRITICAL);
    room.incidents.take(
        List.of(
            new Alarm(
                "labelled",
                0,
                "alertmanager",
                "alertmanager",
                alarm.name(),
                alarm.state(),
                alarm.severity(),
                alarm.situation(),
                alarm.subject(),
                alarm.title(),
                "",
                alarm.at(),
                alarm.clock(),
                0,
                "labelled",
                null,
                Map.of("channel", "chat"))));

    assertThat(room.told()).containsExactly("chat OPENED 1");
  }

  @Test
  void a_region_that_nobody_named_swallows_nothing() {
    room.incidents.open(
        new Opening("roleferry", Severity.HIGH, Situation.REGION, "A region is out", "", "ada"));
    room.incidents.take(
        List.of(
            Watchroom.about(
                new Alarm.Subject("roleferry", null, null, "r", "", ""),
                "a",
                Alarm.State.FIRING,
                Severity.HIGH,
                Situation.BACKUP,
                room.now(),
                0)));

    assertThat(room.incidents.open()).hasSize(2);
  }

  private Alarm graded(String fingerprint, Severity severity) {
    return Watchroom.alarm(
        fingerprint, Alarm.State.FIRING, severity, Situation.DATABASE, room.now(), 0);
  }

  private void take(String fingerprint, @Nullable String system, Situation situation) {
    room.incidents.take(
        List.of(
            Watchroom.about(
                new Alarm.Subject(system, null, null, fingerprint, "123", "us-east-1"),
                fingerprint,
                Alarm.State.FIRING,
                Severity.HIGH,
                situation,
                room.now(),
                0)));
  }

  private List<String> situations() {
    return room.incidents.recent(100).stream()
        .map(incident -> incident.situation() + " " + incident.events())
        .toList();
  }
}
