package holdfast.incident;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.SamplePlan;
import holdfast.journal.Event;
import holdfast.plan.AssetId;
import holdfast.plan.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OwnAlarmsTest {

  private static final AssetId DATABASE = SamplePlan.DATABASE;

  private final Watchroom room = new Watchroom(Duties.plans(Duties.three()));
  private final OwnAlarms own = new OwnAlarms(room.plans);
  private int number;

  @Test
  void a_failed_backup_is_an_incident_that_the_next_good_point_ends() {
    take(Event.Type.BACKUP_FAILED);
    room.sleep(Duration.ofMinutes(1));
    take(Event.Type.BACKUP_FAILED);
    assertThat(room.only().title()).isEqualTo("The backup of roleferry/database failed");
    assertThat(room.only().events()).isEqualTo(2);
    assertThat(room.told()).containsExactly("chat OPENED 1");
    room.sleep(Duration.ofMinutes(1));
    take(Event.Type.POINT_GOOD);
    room.pass(Duration.ofMinutes(6));

    assertThat(room.only().active()).isFalse();
  }

  @Test
  void a_good_point_does_not_end_a_failed_proof_but_a_proven_one_does() {
    take(Event.Type.PROOF_FAILED);
    room.sleep(Duration.ofMinutes(1));
    take(Event.Type.POINT_GOOD);
    room.pass(Duration.ofMinutes(10));
    assertThat(room.only().active()).isTrue();
    take(Event.Type.POINT_PROVEN);
    room.pass(Duration.ofMinutes(6));

    assertThat(room.only().active()).isFalse();
  }

  @Test
  void what_goes_well_opens_nothing() {
    take(Event.Type.POINT_GOOD);
    take(Event.Type.POINT_PROVEN);
    take(Event.Type.BACKUP_SKIPPED);

    assertThat(room.incidents.recent(5)).isEmpty();
  }

  @Test
  void a_point_older_than_was_promised_is_critical_until_there_is_a_younger_one() {
    AtomicReference<Instant> newest = new AtomicReference<>(room.now().minus(Duration.ofHours(24)));
    Freshness freshness =
        new Freshness(
            room.plans,
            asset -> Optional.of(newest.get()),
            room.node.runs(),
            room.incidents,
            room.clock);
    assertThat(freshness.look()).isZero();
    assertThat(room.incidents.recent(5)).isEmpty();
    room.sleep(Freshness.GRACE.plusSeconds(1));
    assertThat(freshness.look()).isEqualTo(1);
    freshness.look();
    assertThat(room.only().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(room.told()).containsExactly("chat OPENED 1");
    newest.set(room.now());
    room.sleep(Duration.ofSeconds(30));
    freshness.look();
    room.pass(Duration.ofMinutes(6));

    assertThat(room.only().active()).isFalse();
  }

  @Test
  void a_channel_that_takes_no_messages_is_told_of_through_the_others_once_an_hour() {
    Watchroom bare = new Watchroom(Duties.plans(List.of()));
    ChannelWatch watch = new ChannelWatch(bare.node.transaction(), bare.incidents, bare.clock);
    bare.incidents.take(List.of(bare.fires("a")));
    assertThat(watch.look()).isZero();
    bare.node.sql("UPDATE outbox SET state = 'DEAD', error = '503' WHERE channel = 'chat'");
    bare.sleep(Duration.ofMinutes(1));
    for (int i = 0; i < 10; i++) {
      assertThat(watch.look()).isEqualTo(1);
    }

    assertThat(bare.told())
        .containsExactlyInAnyOrder(
            "chat OPENED 1", "mail OPENED 1", "topic OPENED 1", "mail OPENED 1", "topic OPENED 1");
    assertThat(bare.incidents.open()).hasSize(2);
  }

  private void take(Event.Type type) {
    Event event = new Event(type, DATABASE, "r" + number, null, room.now(), Map.of(), List.of());
    room.incidents.take(own.of("event-" + number++, event));
  }
}
