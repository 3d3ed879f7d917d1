package holdfast.incident;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.alarm.Alarm;
import holdfast.catalog.Point;
import holdfast.catalog.Proof;
import holdfast.harness.SamplePlan;
import holdfast.journal.Event;
import holdfast.journal.Run;
import holdfast.journal.Runs;
import holdfast.plan.AssetId;
import holdfast.plan.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnAlarmsTest {

  private static final AssetId DATABASE = SamplePlan.DATABASE;

  private final Watchroom room = new Watchroom(Duties.plans(Duties.three()));
  private List<Point> points = List.of();
  private final OwnAlarms own = new OwnAlarms(room.plans, asset -> points);
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
  void an_older_point_that_is_proven_ends_neither_a_failed_backup_nor_a_younger_failed_proof() {
    take(Event.Type.BACKUP_FAILED);
    room.sleep(Duration.ofMinutes(1));
    points = List.of(point("20261121T020000000-b", true), point("20261121T010000000-a", true));
    take(Event.Type.PROOF_FAILED);
    room.sleep(Duration.ofMinutes(1));
    room.incidents.take(own.of("older", proven("20261121T010000000-a")));
    room.pass(Duration.ofMinutes(10));
    assertThat(room.only().active()).isTrue();
    room.incidents.take(own.of("younger", proven("20261121T020000000-b")));
    take(Event.Type.POINT_GOOD);
    room.pass(Duration.ofMinutes(6));

    assertThat(room.only().active()).isFalse();
  }

  @Test
  void an_asset_that_never_had_a_point_is_too_old_once_its_first_backup_is() {
    Freshness freshness =
        new Freshness(
            room.plans, asset -> Optional.empty(), room.node.runs(), room.incidents, room.clock);
    assertThat(freshness.look()).isZero();
    begin();
    assertThat(freshness.look()).isZero();
    room.sleep(Duration.ofHours(24).plus(Freshness.GRACE));
    assertThat(freshness.look()).isZero();
    room.sleep(Duration.ofSeconds(1));

    assertThat(freshness.look()).isEqualTo(1);
    assertThat(room.only().text()).startsWith("None can be restored; the first backup");
  }

  private static Point point(String id, boolean tried) {
    Proof proof =
        new Proof(
            "r",
            id,
            Proof.Verdict.COULD_NOT_VERIFY,
            "",
            Instant.EPOCH,
            Instant.EPOCH,
            0,
            List.of());
    return new Point(
        id,
        DATABASE,
        Point.State.GOOD,
        Instant.EPOCH,
        Instant.EPOCH,
        1,
        "0".repeat(64),
        1,
        "1".repeat(64),
        "{}",
        List.of(),
        tried ? proof : null);
  }

  private Event proven(String point) {
    return new Event(
        Event.Type.POINT_PROVEN, DATABASE, "r", point, room.now(), Map.of(), List.of());
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
  void a_backup_that_takes_more_than_twice_as_long_as_usual_is_told_of_until_it_is_over() {
    Slowness slowness = new Slowness(room.plans, room.node.runs(), room.incidents, room.clock);
    for (int i = 0; i < Slowness.ENOUGH; i++) {
      Run usual = begin();
      room.sleep(Duration.ofMinutes(10 + i));
      room.node.runs().succeed(usual, null, List.of());
    }
    Run slow = begin();
    room.sleep(Duration.ofMinutes(24));
    assertThat(slowness.look()).isZero();
    assertThat(room.incidents.recent(5)).isEmpty();
    room.sleep(Duration.ofMinutes(1));
    assertThat(slowness.look()).isEqualTo(1);
    slowness.look();
    assertThat(room.only().severity()).isEqualTo(Severity.HIGH);
    assertThat(room.only().text())
        .isEqualTo("It has been running for 25 min; usually it takes 12 min.");
    assertThat(room.told()).containsExactly("chat OPENED 1");
    room.sleep(Duration.ofSeconds(30));
    room.node.runs().succeed(slow, null, List.of());
    assertThat(slowness.look()).isZero();
    room.pass(Duration.ofMinutes(6));

    assertThat(room.only().active()).isFalse();
  }

  @Test
  void too_few_backups_have_no_usual_time_and_seconds_are_no_trouble() {
    Slowness slowness = new Slowness(room.plans, room.node.runs(), room.incidents, room.clock);
    for (int i = 1; i < Slowness.ENOUGH; i++) {
      Run quick = begin();
      room.sleep(Duration.ofSeconds(5));
      room.node.runs().succeed(quick, null, List.of());
    }
    Run slow = begin();
    room.sleep(Duration.ofHours(1));
    assertThat(slowness.look()).isZero();
    room.node.runs().succeed(slow, null, List.of());
    begin();
    room.sleep(Slowness.GRACE);

    assertThat(slowness.look()).isZero();
    assertThat(room.incidents.recent(5)).isEmpty();
  }

  @Test
  void a_disk_that_fills_up_is_told_of_once_and_again_when_it_is_nearly_full(@TempDir Path folder) {
    AtomicReference<DiskSpace.Space> disk =
        new AtomicReference<>(new DiskSpace.Space(799_000_000_000L, 201_000_000_000L));
    DiskSpace watch =
        new DiskSpace(Map.of("store spare", folder), at -> disk.get(), room.incidents, room.clock);
    assertThat(watch.look()).isZero();
    assertThat(room.incidents.recent(5)).isEmpty();
    disk.set(new DiskSpace.Space(800_000_000_000L, 200_000_000_000L));
    assertThat(watch.look()).isEqualTo(1);
    watch.look();
    assertThat(room.only().title()).isEqualTo("The disk of store spare fills up");
    assertThat(room.only().text())
        .isEqualTo("80 % of it are taken; 200.0 GB are left. Backups fail once it is full.");
    assertThat(room.only().severity()).isEqualTo(Severity.MEDIUM);
    room.sleep(Duration.ofSeconds(30));
    disk.set(new DiskSpace.Space(950_000_000_000L, 50_000_000_000L));
    watch.look();
    assertThat(room.only().severity()).isEqualTo(Severity.HIGH);
    disk.set(new DiskSpace.Space(500_000_000_000L, 500_000_000_000L));
    room.sleep(Duration.ofSeconds(30));
    assertThat(watch.look()).isZero();
    room.pass(Duration.ofMinutes(6));

    assertThat(room.only().active()).isFalse();
  }

  @Test
  void the_room_that_is_left_is_what_the_system_says(@TempDir Path folder) throws IOException {
    DiskSpace.Space space = DiskSpace.of(folder.resolve("not/yet/there"));

    assertThat(space.taken() + space.left())
        .isPositive()
        .isLessThanOrEqualTo(Files.getFileStore(folder).getTotalSpace());
    assertThat(space.percentTaken()).isBetween(0, 100);
  }

  private Run begin() {
    return room.node
        .runs()
        .begin(
            new Runs.Request(
                room.node.ids().next(), Run.Kind.BACKUP, DATABASE, "cli", "operator", null, null));
  }

  @Test
  void a_channel_that_takes_no_messages_is_told_of_through_the_others_once_an_hour() {
    Watchroom bare = new Watchroom(Duties.plans(List.of()));
    ChannelWatch watch = watch(bare);
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

  @Test
  void a_channel_is_in_trouble_at_the_third_attempt_and_no_more_once_something_arrives() {
    ChannelWatch watch = watch(room);
    room.incidents.take(List.of(room.fires("a")));
    long call = room.node.outbox().ofIncident(room.only().id()).get(0).id();
    for (int attempt = 1; attempt <= 3; attempt++) {
      assertThat(watch.look()).as("before attempt %d", attempt).isZero();
      room.sleep(Duration.ofSeconds(10));
      room.node.sql("UPDATE outbox SET state = 'SENDING', attempts = attempts + 1");
      room.node.outcomes().failed(call, "It answered 503");
    }
    assertThat(watch.look()).isEqualTo(1);
    assertThat(trouble("chat").text()).isEqualTo("Its last answer: It answered 503");
    room.incidents.acknowledge(room.only("Trouble a").id(), "ada", "page");
    assertThat(watch.look()).as("taken back, but still the newest outcome").isEqualTo(1);
    room.sleep(Duration.ofHours(30));
    room.node.sql(
        "UPDATE outbox SET state = 'DELIVERED', delivered_at = '%s', receipt = 'nothing to show'"
            .formatted(room.now()));
    watch.look();
    assertThat(trouble("chat").active()).isTrue();
    room.node.sql("UPDATE outbox SET receipt = 'ok'");

    assertThat(watch.look()).isZero();
    room.pass(Duration.ofMinutes(6));
    assertThat(trouble("chat").active()).isFalse();
  }

  @Test
  void attempts_whose_sender_was_killed_say_nothing_of_the_channel() {
    ChannelWatch watch = watch(room);
    room.incidents.take(List.of(room.fires("a")));
    room.node.sql("UPDATE outbox SET state = 'SENDING', attempts = 5");
    assertThat(watch.look()).isZero();
    room.node
        .outcomes()
        .failed(room.node.outbox().ofIncident(room.only().id()).get(0).id(), "It answered 503");

    assertThat(watch.look()).isEqualTo(1);
  }

  @Test
  void a_channel_that_nobody_reads_is_told_of_after_five_minutes() {
    ChannelWatch watch = watch(room);
    room.incidents.take(List.of(room.fires("a")));
    room.sleep(ChannelWatch.PATIENCE);
    assertThat(watch.look()).isZero();
    room.sleep(Duration.ofSeconds(1));

    assertThat(watch.look()).isEqualTo(1);
    assertThat(trouble("chat").text()).startsWith("It has not answered yet: 'holdfast check'");
  }

  @Test
  void a_channel_that_is_in_no_plan_any_more_is_no_trouble() {
    room.incidents.take(
        List.of(
            OwnAlarms.channel(
                "gone-1", "pager", Alarm.State.FIRING, "It answered 503", room.now())));
    room.sleep(Duration.ofMinutes(1));
    watch(room).look();
    room.pass(Duration.ofMinutes(6));

    assertThat(trouble("pager").active()).isFalse();
  }

  /** Such an asset's fingerprints begin as those of the watches do. */
  @ParameterizedTest
  @ValueSource(strings = {"queue", "channel"})
  void a_failed_backup_of_a_system_named_like_what_is_watched_is_ended_by_no_watch(String system) {
    AssetId asset = new AssetId(system, "db");
    Event failed =
        new Event(Event.Type.BACKUP_FAILED, asset, "r", null, room.now(), Map.of(), List.of());
    room.incidents.take(own.of("failed", failed));
    room.sleep(Duration.ofMinutes(1));
    watch(room).look();
    UnreadQueuesTest.watch(room).look();
    room.pass(Duration.ofMinutes(6));

    assertThat(room.only().active()).isTrue();
  }

  private Incident trouble(String channel) {
    return room.only("Messages about incidents do not get through to " + channel);
  }

  private static ChannelWatch watch(Watchroom room) {
    return new ChannelWatch(room.node.transaction(), room.incidents, room.plans, room.clock);
  }

  private void take(Event.Type type) {
    Event event = new Event(type, DATABASE, "r" + number, null, room.now(), Map.of(), List.of());
    room.incidents.take(own.of("event-" + number++, event));
  }
}
