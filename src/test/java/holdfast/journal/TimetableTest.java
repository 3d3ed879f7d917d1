package holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.JournalNode;
import holdfast.harness.SettableClock;
import holdfast.plan.AssetId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimetableTest {

  private static final AssetId ASSET = AssetId.parse("roleferry/database");
  private static final Instant FIRE = Instant.parse("2026-11-21T02:00:00Z");

  private final SettableClock clock = SettableClock.at("2026-11-20T10:00:00Z");
  private JournalNode node;

  @BeforeEach
  void a_journal() {
    node = JournalNode.fresh(clock, "slack");
  }

  @Test
  void a_schedule_begins_where_it_was_first_seen_and_never_goes_back() {
    assertThat(node.runs().lastFire(ASSET, "nightly")).isEqualTo(clock.instant());
    clock.move(Duration.ofHours(1));
    assertThat(node.runs().lastFire(ASSET, "nightly")).isEqualTo("2026-11-20T10:00:00Z");

    node.runs().fire(ASSET, "nightly", FIRE, false);
    node.runs().fire(ASSET, "nightly", FIRE.minusSeconds(86400), false);
    assertThat(node.runs().lastFire(ASSET, "nightly")).isEqualTo(FIRE);
  }

  @Test
  void two_schedules_due_at_one_moment_make_one_run_and_both_move_on() {
    assertThat(node.runs().fire(ASSET, "nightly", FIRE, false)).isTrue();
    assertThat(node.runs().fire(ASSET, "weekly", FIRE, false)).isFalse();

    assertThat(node.runs().lastFire(ASSET, "weekly")).isEqualTo(FIRE);
  }

  @Test
  void many_missed_fires_are_one_message_told_once() {
    List<Instant> times = List.of(FIRE, FIRE.plusSeconds(60), FIRE.plusSeconds(120));
    assertThat(node.runs().missed(ASSET, "minutely", times)).isEqualTo(3);
    assertThat(node.runs().missed(ASSET, "minutely", times)).isZero();

    assertThat(node.outbox().recent(10)).hasSize(1);
    Event told = Event.read(node.outbox().recent(1).get(0).event());
    assertThat(told.type()).isEqualTo(Event.Type.BACKUP_MISSED);
    assertThat(told.facts())
        .isEqualTo(
            Map.of(
                "schedule", "minutely",
                "count", 3,
                "first", "2026-11-21T02:00:00Z",
                "last", "2026-11-21T02:02:00Z"));
  }

  @Test
  void a_paused_asset_neither_fires_nor_misses() {
    node.runs().pause("roleferry", null, true, "ada");
    assertThat(node.runs().paused(ASSET)).isTrue();
    assertThat(node.runs().fire(ASSET, "nightly", FIRE, false)).isFalse();
    assertThat(node.runs().missed(ASSET, "nightly", List.of(FIRE.plusSeconds(60)))).isZero();

    node.runs().pause("roleferry", null, false, "ada");
    assertThat(node.runs().paused(ASSET)).isFalse();
    assertThat(node.runs().lastFire(ASSET, "nightly")).isEqualTo(FIRE.plusSeconds(60));
    assertThat(node.outbox().recent(10)).isEmpty();
    assertThat(node.audit().newest(2))
        .extracting(Audit.Entry::action)
        .containsExactly("schedule.resume", "schedule.pause");
  }

  @Test
  void a_fire_that_no_run_followed_is_noticed_once() {
    clock.set(FIRE);
    node.runs().fire(ASSET, "nightly", FIRE, false);
    Instant followed = FIRE.plusSeconds(60);
    node.runs().fire(ASSET, "nightly", followed, false);
    node.runs()
        .begin(
            new Runs.Request(
                "r1", Run.Kind.BACKUP, ASSET, "schedule:nightly", "n1", followed, null));
    Duration grace = Duration.ofMinutes(15);

    assertThat(node.runs().missIdle(grace)).isZero();
    clock.move(grace);
    assertThat(node.runs().missIdle(grace)).isEqualTo(1);
    assertThat(node.runs().missIdle(grace)).isZero();
    assertThat(node.outbox().recent(10)).hasSize(1);
  }
}
