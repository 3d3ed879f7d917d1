package holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.alarm.ProbeReports;
import holdfast.catalog.Point;
import holdfast.catalog.Proof;
import holdfast.catalog.Shelf;
import holdfast.harness.JournalNode;
import holdfast.harness.SamplePlan;
import holdfast.harness.SettableClock;
import holdfast.journal.Event;
import holdfast.journal.Outbox;
import holdfast.journal.Run;
import holdfast.journal.Runs;
import holdfast.plan.Plans;
import holdfast.plan.ProbeSpec;
import holdfast.plan.Severity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportsTest {

  private static final Plans PLANS = SamplePlan.plans(SamplePlan.asset());

  private final SettableClock clock = SettableClock.at("2026-11-20T10:00:00Z");
  private JournalNode node;
  private Shelf shelf;
  private Reports reports;
  private MissedRuns missed;

  @BeforeEach
  void a_journal() {
    node = JournalNode.fresh(clock, "slack");
    shelf = new Shelf(node, PLANS, clock);
    reports =
        new JournalReports(
            PLANS,
            node.runs(),
            shelf.catalog(),
            node.outbox(),
            new ProbeReports(node.transaction(), clock),
            clock);
    missed = new MissedRuns(PLANS, node.runs(), clock);
  }

  @Test
  void an_empty_journal_says_what_to_do() {
    Status status = reports.status();

    assertThat(status.assets()).isEqualTo(1);
    assertThat(status.within()).isZero();
    assertThat(line().reason()).contains("holdfast backup roleferry/database");
  }

  @Test
  void a_proven_point_makes_one_of_one_assets_within_until_it_grows_old() {
    Point point = shelf.point();
    shelf.prove(point, Proof.Verdict.PASS, "", 12.5);
    clock.move(Duration.ofHours(3));

    assertThat(reports.status().within()).isEqualTo(1);
    assertThat(line().last().id()).isEqualTo(point.id());
    assertThat(line().success()).isEqualTo(new Status.Success(1, 1, 1.0));
    assertThat(line().rtoActual()).isEqualTo(Duration.ofMillis(12_500));

    clock.move(Duration.ofHours(22));
    assertThat(reports.status().within()).isZero();
  }

  @Test
  void a_running_backup_is_shown_with_its_progress() {
    Run run = begin("r1", null);
    node.runs().heartbeat(run, new Run.Progress("dump", 10, 100L, 5, 18L));

    assertThat(line().running())
        .singleElement()
        .satisfies(shown -> assertThat(shown.progress().bytes()).isEqualTo(10));
  }

  @Test
  void a_fire_that_nobody_recorded_is_missed_once_and_only_after_its_grace() {
    assertThat(missed.look()).isZero();
    clock.set(Instant.parse("2026-11-21T02:14:59Z"));
    assertThat(missed.look()).isZero();

    clock.set(Instant.parse("2026-11-21T02:15:00Z"));
    assertThat(missed.look()).isEqualTo(1);
    assertThat(missed.look()).isZero();
    assertThat(node.outbox().recent(10))
        .singleElement()
        .satisfies(
            entry ->
                assertThat(Event.read(entry.event()).type()).isEqualTo(Event.Type.BACKUP_MISSED));
    assertThat(node.runs().fire(SamplePlan.DATABASE, "nightly", nightly(), false)).isFalse();
  }

  @Test
  void a_fire_that_was_run_is_not_missed() {
    node.runs().lastFire(SamplePlan.DATABASE, "nightly");
    clock.set(nightly());
    node.runs().fire(SamplePlan.DATABASE, "nightly", nightly(), false);
    begin("r1", nightly());
    clock.move(Duration.ofHours(1));

    assertThat(missed.look()).isZero();
  }

  @Test
  void figures_are_gauges_and_what_is_not_known_is_not_a_number() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    new ReportMetrics(reports, Set.of("slack"), clock).bindTo(registry);
    assertThat(gauge(registry, "holdfast.last.good.timestamp")).isNaN();
    assertThat(gauge(registry, "holdfast.last.verdict")).isNaN();

    shelf.prove(shelf.point(), Proof.Verdict.PASS, "", 12.5);
    clock.move(Duration.ofMinutes(1));
    assertThat(gauge(registry, "holdfast.last.good.timestamp")).isEqualTo(1_795_168_800.0);
    assertThat(gauge(registry, "holdfast.last.verdict")).isEqualTo(1);
    assertThat(gauge(registry, "holdfast.rpo.actual.seconds")).isEqualTo(60);
    assertThat(gauge(registry, "holdfast.rto.actual.seconds")).isEqualTo(12.5);
    assertThat(registry.get("holdfast.assets.within").gauge().value()).isEqualTo(1);
  }

  @Test
  void probes_and_availability_are_gauges_and_what_is_not_known_is_not_a_number() {
    Plans plans =
        SamplePlan.probing(
            new ProbeSpec(
                "roleferry",
                "answers",
                "database",
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                3,
                Severity.HIGH,
                new ProbeSpec.Database("prod", "roleferry"),
                SamplePlan.asset().origin()));
    Reports probing =
        new JournalReports(
            plans,
            node.runs(),
            shelf.catalog(),
            node.outbox(),
            new ProbeReports(node.transaction(), clock),
            clock);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    new ReportMetrics(probing, Set.of(), clock).bindTo(registry);
    assertThat(probe(registry)).isNaN();
    assertThat(availability(registry)).isNaN();

    node.sql(
        "INSERT INTO probe_results (system, probe, state, looked_at, due_at) VALUES"
            + " ('roleferry', 'answers', 'DOWN', '2026-11-20T10:00:00Z', now())",
        "INSERT INTO probe_days VALUES ('roleferry', 'database', '2026-11-20', 3000, 1000)");
    clock.move(Duration.ofMinutes(1));
    assertThat(probe(registry)).isZero();
    assertThat(availability(registry)).isEqualTo(0.75);
    clock.move(Duration.ofMinutes(5));
    assertThat(probe(registry)).isNaN();
  }

  private static double probe(SimpleMeterRegistry registry) {
    return registry
        .get("holdfast.probe.up")
        .tags("system", "roleferry", "probe", "answers")
        .gauge()
        .value();
  }

  private static double availability(SimpleMeterRegistry registry) {
    return registry
        .get("holdfast.availability")
        .tags("system", "roleferry", "component", "database")
        .gauge()
        .value();
  }

  @Test
  void messages_that_were_given_up_are_told_by_channel_until_thirty_days_have_passed() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    new ReportMetrics(reports, Set.of("slack", "email"), clock).bindTo(registry);
    shelf.prove(shelf.point(), Proof.Verdict.PASS, "", 12.5);
    assertThat(reports.status().undelivered()).isEmpty();
    assertThat(reports.status().well()).isTrue();

    node.sql("UPDATE outbox SET state = 'DEAD' WHERE channel = 'slack'");
    clock.move(Duration.ofMinutes(1));
    assertThat(undelivered(registry, "slack")).isEqualTo(2);
    assertThat(undelivered(registry, "email")).isZero();
    assertThat(reports.status().within()).isEqualTo(1);
    assertThat(reports.status().well()).isFalse();
    assertThat(reports.status().undelivered())
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.reason())
                    .isEqualTo(
                        "2 messages could not be delivered to slack; the oldest is from"
                            + " 2026-11-20 10:00 UTC; see run "
                            + line.run()
                            + "."));
    clock.move(Duration.ofDays(31));
    assertThat(reports.status().undelivered()).isEmpty();
  }

  @Test
  void one_message_that_tells_of_no_run_names_none() {
    assertThat(
            Unheard.line(new Outbox.Undelivered("ops-slack", 1, clock.instant(), "", null))
                .reason())
        .isEqualTo(
            "1 message could not be delivered to ops-slack; it is from 2026-11-20 10:00 UTC.");
  }

  private static double undelivered(SimpleMeterRegistry registry, String channel) {
    return registry.get("holdfast.messages.undelivered").tag("channel", channel).gauge().value();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S,less than 1 s",
    "PT59.9S,59 s",
    "PT1M,1 min",
    "PT24H,24 h",
    "PT25H5M,25 h 5 min",
    "P3D,3 d"
  })
  void lengths_read_as_people_say_them(Duration length, String words) {
    assertThat(Spans.words(length)).isEqualTo(words);
  }

  private static Instant nightly() {
    return Instant.parse("2026-11-21T02:00:00Z");
  }

  private Run begin(String id, Instant fire) {
    return node.runs()
        .begin(
            new Runs.Request(
                id, Run.Kind.BACKUP, SamplePlan.DATABASE, "schedule:nightly", "n", fire, null));
  }

  private Status.AssetLine line() {
    return reports.status().systems().get(0).assets().get(0);
  }

  private static double gauge(SimpleMeterRegistry registry, String name) {
    return registry.get(name).tag("asset", "database").gauge().value();
  }
}
