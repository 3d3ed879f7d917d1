package holdfast.absence;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.JournalNode;
import holdfast.harness.SamplePlan;
import holdfast.harness.SettableClock;
import holdfast.incident.Auditor;
import holdfast.journal.Event;
import holdfast.journal.Run;
import holdfast.journal.Runs;
import holdfast.plan.Plans;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is found stuck in a real journal. */
class PulsesTest {

  /** Near enough to the database's own clock, which leases and messages go by. */
  private final SettableClock clock = new SettableClock(java.time.Clock.systemUTC().instant());

  private final JournalNode node = JournalNode.fresh(clock);
  private final Plans plans = SamplePlan.plans(SamplePlan.asset());
  private final Auditor auditor =
      new Auditor(node.transaction(), node.audit(), node.outbox(), plans, clock);
  private final AtomicLong nanos = new AtomicLong();
  private final Ticks ticks = new Ticks(nanos::get);
  private final Pulses pulses = new Pulses(node.transaction(), plans, auditor, ticks, clock);

  @BeforeEach
  void look() {
    auditor.look();
  }

  private String stuck() {
    return pulses.take(List.of()).stuck().orElse(null);
  }

  @Test
  void nothing_is_stuck_in_a_journal_in_which_nothing_happened() {
    assertThat(stuck()).isNull();
  }

  @Test
  void timers_that_wake_nothing_are_stuck_until_they_do() {
    nanos.addAndGet(Pulses.TIMERS.toNanos());
    assertThat(stuck()).isNull();
    nanos.addAndGet(1);
    assertThat(stuck()).isEqualTo("Timers stand still: nothing wakes the schedules.");
    ticks.tick();

    assertThat(stuck()).isNull();
  }

  @Test
  void a_fire_that_nobody_noted_is_stuck_until_somebody_does() {
    Instant last = node.runs().lastFire(SamplePlan.DATABASE, "nightly");
    assertThat(stuck()).isNull();
    clock.move(Duration.ofDays(1).plus(Pulses.TIMERS).plusSeconds(1));
    assertThat(stuck()).startsWith("Timers stand still: schedule nightly of roleferry/database");
    clock.set(last.plus(Duration.ofDays(1)).plus(Pulses.TIMERS).plusSeconds(1));
    Instant due =
        last.atZone(java.time.ZoneOffset.UTC)
            .toLocalDate()
            .plusDays(1)
            .atTime(2, 0)
            .toInstant(java.time.ZoneOffset.UTC);
    node.runs().fire(SamplePlan.DATABASE, "nightly", due, false);

    assertThat(stuck()).isNull();
  }

  @Test
  void a_paused_schedule_that_notes_its_fires_is_not_stuck() {
    node.runs().lastFire(SamplePlan.DATABASE, "nightly");
    node.runs().pause("roleferry", "database", true, "ada");
    clock.move(Duration.ofDays(1).plus(Pulses.TIMERS));
    Instant today =
        clock
            .instant()
            .atZone(java.time.ZoneOffset.UTC)
            .toLocalDate()
            .atTime(2, 0)
            .toInstant(java.time.ZoneOffset.UTC);
    node.runs().missed(SamplePlan.DATABASE, "nightly", List.of(today.minus(Duration.ofDays(1))));
    if (!today.isAfter(clock.instant())) {
      node.runs().missed(SamplePlan.DATABASE, "nightly", List.of(today));
    }

    assertThat(stuck()).isNull();
  }

  @Test
  void messages_that_nobody_tries_are_stuck_and_those_that_are_tried_in_vain_are_not() {
    message(Event.ALARM_CHANNEL, "now() - interval '4 minutes'");
    assertThat(stuck()).isNull();
    node.sql("UPDATE outbox SET next_attempt_at = now() - interval '6 minutes'");
    assertThat(stuck()).startsWith("Messages for holdfast-alarm were to be sent at");
    node.sql("UPDATE outbox SET failed_at = now()");
    assertThat(stuck()).as("somebody tries").isNull();
    node.sql(
        "UPDATE outbox SET failed_at = NULL, state = 'SENDING', claimed_until = now() + interval '1 minute'");
    assertThat(stuck()).as("somebody is trying").isNull();
    node.sql("UPDATE outbox SET claimed_until = now() - interval '6 minutes'");

    assertThat(stuck()).as("whoever tried is gone").startsWith("Messages for holdfast-alarm");
  }

  @Test
  void a_proof_that_waits_for_another_is_not_stuck() {
    message(Event.PROOF_CHANNEL, "now() - interval '6 hours'");
    message("a channel of an older plan", "now() - interval '6 hours'");

    assertThat(stuck()).isNull();
  }

  private void message(String channel, String due) {
    node.sql(
        """
        INSERT INTO outbox (channel, run_id, event, created_at, next_attempt_at)
        VALUES ('%s', '', '{}', now(), %s)"""
            .formatted(channel, due));
  }

  @Test
  void a_run_without_its_process_is_stuck_until_somebody_closes_it() {
    Run run =
        node.runs()
            .begin(
                new Runs.Request(
                    node.ids().next(),
                    Run.Kind.BACKUP,
                    SamplePlan.DATABASE,
                    "cli",
                    "ada",
                    null,
                    null));
    assertThat(stuck()).isNull();
    node.sql("UPDATE runs SET alive_until = now() - interval '4 minutes'");
    assertThat(stuck()).startsWith("Run %s lost its process".formatted(run.id()));
    node.sql("UPDATE leases SET expires_at = now() - interval '4 minutes'");
    node.reconciler().closeLapsed();

    assertThat(stuck()).isNull();
  }
}
