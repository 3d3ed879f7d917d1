package holdfast.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import holdfast.harness.HttpTarget;
import holdfast.harness.JournalNode;
import holdfast.harness.Postgres;
import holdfast.harness.SamplePlan;
import holdfast.harness.SettableClock;
import holdfast.plan.ConnectionSpec;
import holdfast.plan.Finding;
import holdfast.plan.Origin;
import holdfast.plan.ProbeSpec;
import holdfast.plan.SecretRef;
import holdfast.plan.Secrets;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import holdfast.source.DatabaseLook;
import holdfast.source.Looks;
import holdfast.source.ReplicaLag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Probes at their pace, on a real journal, a real page and a real database. */
class ProbesTest {

  private static final Origin ORIGIN = SamplePlan.asset().origin();
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SettableClock clock = SettableClock.at("2026-11-20T23:50:00Z");
  private final JournalNode node = JournalNode.fresh(clock);
  private final HttpTarget page = HttpTarget.start();
  private final List<AutoCloseable> opened = new ArrayList<>(List.of(page));

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  private ProbeSpec http(String name) {
    return probe(name, new ProbeSpec.Http(page.at("/" + name), 200, null));
  }

  private static ProbeSpec probe(String name, ProbeSpec.Target target) {
    return new ProbeSpec(
        "roleferry", name, "database", MINUTE, SECOND, 3, Severity.CRITICAL, target, ORIGIN);
  }

  private Probes probes(ProbeSpec... specs) {
    ProbePool pool = new ProbePool(new ProbeLook(looks()));
    Probes probes =
        new Probes(SamplePlan.probing(specs), node.transaction(), node.audit(), pool, clock, false);
    opened.add(probes);
    return probes;
  }

  private static DatabaseLook looks() {
    return Looks.over(
        new Secrets(List.of()),
        new ConnectionSpec(
            "prod",
            Postgres.cluster().socketFolder().toString(),
            Postgres.cluster().port(),
            Postgres.cluster().user(),
            null,
            "disable",
            ORIGIN),
        new ConnectionSpec(
            "locked",
            Postgres.cluster().socketFolder().toString(),
            Postgres.cluster().port(),
            "nobody",
            new SecretRef(SecretRef.Kind.ENV, "NOT_THERE"),
            "disable",
            ORIGIN),
        new ConnectionSpec(
            "barred",
            Postgres.cluster().socketFolder().toString(),
            Postgres.cluster().port(),
            "barred",
            null,
            "disable",
            ORIGIN),
        new ConnectionSpec("gone", "127.0.0.1", 1, "me", null, "disable", ORIGIN));
  }

  /** Wakes the probes and waits until what they began is in the journal. */
  private List<Alarm> wake(Probes probes) {
    List<Alarm> alarms = probes.look();
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () ->
                probes.rests()
                    && Postgres.ask(
                            node.database(),
                            "SELECT count(*) FROM probe_results WHERE claimed_until IS NOT NULL")
                        .equals("0"));
    return alarms;
  }

  private void wakeEachMinute(Probes probes, int minutes) {
    for (int i = 0; i < minutes; i++) {
      wake(probes);
      clock.move(MINUTE);
    }
  }

  private ProbeLine line(ProbeSpec spec) {
    return reports().lines(SamplePlan.probing(spec).systems().get(0)).get(0);
  }

  private ProbeReports reports() {
    return new ProbeReports(node.transaction(), clock);
  }

  private Availability availability(ProbeSpec... specs) {
    return reports().availability(SamplePlan.probing(specs).systems().get(0)).get(0);
  }

  @Test
  void three_failures_in_a_row_make_one_alarm_and_two_successes_end_it() {
    ProbeSpec health = http("health");
    Probes probes = probes(health);
    assertThat(wake(probes)).isEmpty();
    assertThat(line(health).state()).isEqualTo(ProbeState.UP);

    page.behave(HttpTarget.page(500, ""));
    clock.move(MINUTE);
    wakeEachMinute(probes, 2);
    page.behave(HttpTarget.page(200, ""));
    wakeEachMinute(probes, 1);
    page.behave(HttpTarget.page(500, ""));
    wakeEachMinute(probes, 2);
    assertThat(probes.look()).isEmpty();
    wakeEachMinute(probes, 1);

    List<Alarm> firing = wake(probes);
    assertThat(firing).singleElement().satisfies(alarm -> assertFiring(alarm, health));
    assertThat(wake(probes)).isEqualTo(firing);
    probes.told(firing);
    wakeEachMinute(probes, 5);
    assertThat(wake(probes)).isEmpty();
    assertThat(line(health).alarming()).isTrue();

    page.behave(HttpTarget.page(200, ""));
    clock.move(MINUTE);
    wakeEachMinute(probes, 1);
    assertThat(probes.look()).isEmpty();
    wakeEachMinute(probes, 1);
    List<Alarm> cleared = wake(probes);
    assertThat(cleared)
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.state()).isEqualTo(Alarm.State.CLEARED);
              assertThat(alarm.fingerprint()).isEqualTo(firing.get(0).fingerprint());
              assertThat(alarm.at()).isAfter(firing.get(0).at());
            });
    probes.told(cleared);
    assertThat(wake(probes)).isEmpty();
    assertThat(line(health).alarming()).isFalse();
    assertThat(line(health).reason()).contains("answered 500");
    assertThat(audited("probe.alarm")).isEqualTo("1");
    assertThat(audited("probe.recovered")).isEqualTo("1");
  }

  private String audited(String action) {
    return Postgres.ask(
        node.database(), "SELECT count(*) FROM audit WHERE action = '%s'".formatted(action));
  }

  private static void assertFiring(Alarm alarm, ProbeSpec probe) {
    assertThat(alarm.state()).isEqualTo(Alarm.State.FIRING);
    assertThat(alarm.kind()).isEqualTo("holdfast-probe");
    assertThat(alarm.sender()).isEqualTo("holdfast");
    assertThat(alarm.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alarm.situation()).isEqualTo(Situation.APPLICATION);
    assertThat(alarm.subject().system()).isEqualTo("roleferry");
    assertThat(alarm.subject().component()).isEqualTo("database");
    assertThat(alarm.title()).isEqualTo("Probe roleferry/" + probe.name() + " fails");
    assertThat(alarm.text()).contains("answered 500 instead of 200");
  }

  @Test
  void an_alarm_that_was_over_before_it_was_told_is_told_with_its_end() {
    Probes probes = probes(http("health"));
    page.behave(HttpTarget.page(500, ""));
    wakeEachMinute(probes, 3);
    page.behave(HttpTarget.page(200, ""));
    wakeEachMinute(probes, 2);

    Probes afterRestart = probes(http("health"));
    assertThat(afterRestart.look())
        .extracting(Alarm::state)
        .containsExactly(Alarm.State.FIRING, Alarm.State.CLEARED);
  }

  @Test
  void what_was_counted_survives_a_restart_in_the_middle_of_a_row_of_failures() {
    page.behave(HttpTarget.page(500, ""));
    wakeEachMinute(probes(http("health")), 2);
    Probes afterRestart = probes(http("health"));
    wakeEachMinute(afterRestart, 1);
    assertThat(afterRestart.look()).extracting(Alarm::state).containsExactly(Alarm.State.FIRING);
  }

  @Test
  void a_probe_is_asked_at_its_pace_and_not_more_often_by_two_nodes() {
    Probes one = probes(http("health"));
    Probes other = probes(http("health"));
    for (int second = 0; second < 180; second += 12) {
      CompletableFuture.allOf(
              CompletableFuture.runAsync(one::look), CompletableFuture.runAsync(other::look))
          .join();
      wake(one);
      clock.move(Duration.ofSeconds(12));
    }
    assertThat(page.asked()).isEqualTo(3);
  }

  @Test
  void a_clock_that_is_set_back_does_not_stop_the_looking() {
    Probes probes = probes(http("health"));
    wake(probes);
    clock.move(Duration.ofHours(-3));
    wake(probes);
    assertThat(page.asked()).isEqualTo(2);
    clock.move(MINUTE);
    wake(probes);
    assertThat(page.asked()).isEqualTo(3);
  }

  @Test
  void a_hung_target_holds_up_neither_the_waking_nor_the_other_probes() {
    ProbeSpec hung = http("hung");
    ProbeSpec database = probe("answers", new ProbeSpec.Database("prod", "postgres"));
    page.behave(page.hang());
    Probes probes = probes(hung, database);
    long began = System.nanoTime();
    probes.look();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SECOND);
    await()
        .atMost(SECOND)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> line(database).state() == ProbeState.UP);
    wake(probes);
    assertThat(line(hung).reason()).endsWith("did not answer within 1 s.");
  }

  @Test
  void a_database_that_is_gone_fails_and_one_that_we_cannot_enter_is_not_counted_as_down() {
    ProbeSpec well = probe("well", new ProbeSpec.Database("prod", "postgres"));
    ProbeSpec gone = probe("gone", new ProbeSpec.Database("gone", "postgres"));
    ProbeSpec dropped = probe("dropped", new ProbeSpec.Database("prod", "no_such_database"));
    ProbeSpec locked = probe("locked", new ProbeSpec.Database("locked", "postgres"));
    Probes probes = probes(well, gone, dropped, locked);
    wakeEachMinute(probes, 4);

    assertThat(line(well).state()).isEqualTo(ProbeState.UP);
    assertThat(line(gone).state()).isEqualTo(ProbeState.DOWN);
    assertThat(line(dropped).reason()).startsWith("There is no database no_such_database");
    assertThat(line(locked).state()).isEqualTo(ProbeState.COULD_NOT_PROBE);
    assertThat(probes.look())
        .extracting(Alarm::name, Alarm::situation)
        .containsExactly(
            tuple("gone", Situation.DATABASE),
            tuple("dropped", Situation.DATABASE),
            tuple("locked", Situation.HOLDFAST));
    assertThat(findings(well, gone, locked))
        .extracting(Finding::level, Finding::what)
        .containsExactly(
            tuple(Finding.Level.WARNING, "Probe roleferry/gone fails now."),
            tuple(Finding.Level.ERROR, "Probe roleferry/locked cannot look."));
  }

  @Test
  void time_in_which_we_could_not_look_is_neither_up_nor_down() {
    ProbeSpec locked = probe("locked", new ProbeSpec.Database("locked", "postgres"));
    wakeEachMinute(probes(locked), 4);
    assertThat(line(locked).reason()).contains("reads secrets of kind ENV");
    assertThat(availability(locked).share()).isNull();
    assertThat(availability(locked).down()).isEqualTo(Duration.ZERO);
  }

  @Test
  void a_probe_that_cannot_look_three_times_in_a_row_is_an_alarm_until_it_can() {
    ProbeSpec barred = probe("barred", new ProbeSpec.Database("barred", "postgres"));
    Postgres.run("postgres", "DROP ROLE IF EXISTS barred", "CREATE ROLE barred NOLOGIN");
    Probes probes = probes(barred);
    wakeEachMinute(probes, 2);
    assertThat(wake(probes)).isEmpty();
    wakeEachMinute(probes, 1);

    List<Alarm> firing = wake(probes);
    assertThat(firing).singleElement().satisfies(ProbesTest::assertBlind);
    assertThat(wake(probes(barred))).as("after a restart").isEqualTo(firing);
    probes.told(firing);
    wakeEachMinute(probes, 3);
    assertThat(wake(probes)).isEmpty();
    assertThat(line(barred).alarming()).isTrue();

    Postgres.run("postgres", "ALTER ROLE barred LOGIN");
    wakeEachMinute(probes, 2);
    List<Alarm> cleared = wake(probes);
    assertThat(cleared)
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.state()).isEqualTo(Alarm.State.CLEARED);
              assertThat(alarm.fingerprint()).isEqualTo(firing.get(0).fingerprint());
            });
    probes.told(cleared);
    assertThat(wake(probes)).isEmpty();
    assertThat(line(barred).alarming()).isFalse();
    assertThat(audited("probe.blind")).isEqualTo("1");
    assertThat(audited("probe.sees")).isEqualTo("1");
    assertThat(audited("probe.alarm")).isEqualTo("0");
  }

  private static void assertBlind(Alarm alarm) {
    assertThat(alarm.state()).isEqualTo(Alarm.State.FIRING);
    assertThat(alarm.kind()).isEqualTo("holdfast-probe-blind");
    assertThat(alarm.severity()).as("of a critical probe").isEqualTo(Severity.HIGH);
    assertThat(alarm.situation()).isEqualTo(Situation.HOLDFAST);
    assertThat(alarm.subject().system()).isEqualTo("roleferry");
    assertThat(alarm.title()).isEqualTo("Probe roleferry/barred cannot look");
    assertThat(alarm.text()).startsWith("Whether all is well there is not known. ");
  }

  private List<Finding> findings(ProbeSpec... specs) {
    try (ProbePool pool = new ProbePool(new ProbeLook(looks()))) {
      return new ProbeCheck(pool).findings(SamplePlan.probing(specs));
    }
  }

  @Test
  void a_component_is_up_while_all_its_probes_are_and_unknown_time_is_not_up() {
    ProbeSpec health = http("health");
    ProbeSpec database = probe("answers", new ProbeSpec.Database("prod", "postgres"));
    Probes probes = probes(health, database);
    wakeEachMinute(probes, 8);
    page.behave(HttpTarget.page(500, ""));
    wakeEachMinute(probes, 2);
    page.behave(HttpTarget.page(200, ""));
    wakeEachMinute(probes, 1);

    // Ten minutes lie between the eleven looks; midnight is in the middle.
    Availability so = availability(health, database);
    assertThat(so.up()).isEqualTo(Duration.ofMinutes(8));
    assertThat(so.down()).isEqualTo(Duration.ofMinutes(2));
    assertThat(so.share()).isEqualTo(0.8);
    assertThat(so.missed()).isTrue();
    assertThat(so.unknown()).isGreaterThan(Duration.ofDays(28));

    clock.move(Duration.ofHours(5));
    wake(probes);
    Availability later = availability(health, database);
    assertThat(later.up())
        .isEqualTo(Duration.ofMinutes(8).plus(MINUTE.multipliedBy(2)).plus(SECOND));
    clock.move(Duration.ofHours(1));
    assertThat(line(health).state()).isEqualTo(ProbeState.UNKNOWN);
    clock.move(Duration.ofDays(31));
    assertThat(availability(health, database).share()).isNull();
  }

  @Test
  void a_replica_is_judged_by_what_is_allowed_and_by_whether_it_receives_anything() {
    ProbeSpec.ReplicaLag target = new ProbeSpec.ReplicaLag("prod", "shop", MINUTE);
    assertThat(ProbeLook.judge(new ReplicaLag(true, MINUTE), target)).isEqualTo(ProbeResult.WELL);
    assertThat(ProbeLook.judge(new ReplicaLag(true, MINUTE.plusSeconds(1)), target))
        .isEqualTo(
            ProbeResult.failed(
                "The replica of connection prod is 61 s behind, and at most 60 s is allowed."));
    assertThat(ProbeLook.judge(new ReplicaLag(false, MINUTE.multipliedBy(2)), target).reason())
        .endsWith("is allowed; it receives nothing from its primary.");
    assertThat(ProbeLook.judge(new ReplicaLag(false, null), target).state())
        .isEqualTo(ProbeState.DOWN);
    assertThat(ProbeLook.judge(new ReplicaLag(true, null), target).state())
        .isEqualTo(ProbeState.COULD_NOT_PROBE);
  }

  @Test
  void a_process_that_only_runs_one_command_never_looks() {
    ProbePool pool = new ProbePool(new ProbeLook(looks()));
    try (Probes probes =
        new Probes(
            SamplePlan.probing(http("health")),
            node.transaction(),
            node.audit(),
            pool,
            clock,
            true)) {
      assertThat(probes.look()).isEmpty();
    }
    assertThat(page.asked()).isZero();
  }
}
