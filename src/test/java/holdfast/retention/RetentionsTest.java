package holdfast.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.catalog.Layout;
import holdfast.catalog.Point;
import holdfast.catalog.Proof;
import holdfast.harness.SamplePlan;
import holdfast.journal.Code;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.journal.Runs;
import holdfast.store.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the plan to what is left in a bucket and a folder, and back. */
class RetentionsTest {

  /** The process is gone in the middle of what it does. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @TempDir private Path folder;
  private Archive archive;

  @BeforeEach
  void open() {
    archive = new Archive(folder, Archive.last(2));
  }

  @AfterEach
  void close() {
    archive.close();
  }

  private static List<String> ids(Report report, Decision.Fate fate) {
    return report.points().stream()
        .filter(row -> row.fate() == fate)
        .map(Report.Row::point)
        .toList();
  }

  @Test
  void a_dry_run_shows_what_would_go_and_changes_nothing() {
    List<String> nights = archive.nights(4);
    Report shown = archive.show();
    assertThat(ids(shown, Decision.Fate.GO)).containsExactly(nights.get(1), nights.get(0));
    assertThat(shown.points().get(0).reason()).isEqualTo("newest good point");
    assertThat(shown.points().get(3).reason()).startsWith("no rule keeps it: keep-last 2");
    assertThat(nights).allSatisfy(id -> assertThat(archive.state(id)).isEqualTo(Point.State.GOOD));
    assertThat(archive.left("primary", nights.get(0))).hasSize(3);
  }

  @Test
  void what_goes_can_be_taken_back_first_and_leaves_a_tombstone_in_the_end() {
    List<String> nights = archive.nights(4);
    String oldest = nights.get(0);
    Report applied = archive.apply();
    assertThat(applied.begun()).containsExactly(nights.get(1), oldest);
    assertThat(archive.state(oldest)).isEqualTo(Point.State.EXPIRING);
    assertThat(archive.left("primary", oldest)).hasSize(5).contains("data.dump.zst.gpg");

    archive.days(2);
    assertThat(archive.apply().removed()).isEmpty();
    archive.holds().takeBack(nights.get(1), "ada");
    archive.days(1);
    assertThat(archive.apply().removed()).containsExactly(oldest);
    assertThat(archive.state(oldest)).isEqualTo(Point.State.DELETED);
    for (String store : List.of("primary", "second")) {
      assertThat(archive.left(store, oldest))
          .containsExactly("tombstone.json", "tombstone.json.asc");
      assertThat(archive.notes(store, oldest))
          .singleElement()
          .satisfies(
              note -> {
                assertThat(note.kind()).isEqualTo(Note.Kind.TOMBSTONE);
                assertThat(note.point()).isEqualTo(oldest);
                assertThat(note.reason()).startsWith("no rule keeps it");
              });
    }
    assertThat(archive.node.audit().newest(50))
        .extracting("action")
        .contains("point.expiring", "point.removing", "point.deleted", "point.taken-back");
    assertThat(archive.node.audit().verify().brokenAt()).isZero();
  }

  @Test
  void a_point_that_was_taken_back_is_what_it_was_and_its_notes_say_so() {
    List<String> nights = archive.nights(3);
    String oldest = nights.get(0);
    nights.forEach(id -> archive.prove(id, Proof.Verdict.PASS));
    archive.apply();
    assertThat(archive.state(oldest)).isEqualTo(Point.State.EXPIRING);
    archive.holds().takeBack(oldest, "ada");
    assertThat(archive.state(oldest)).isEqualTo(Point.State.PROVEN);
    assertThat(archive.find(oldest).copies()).allMatch(copy -> copy.state() == Point.State.PROVEN);
    List<Note> notes = archive.notes("second", oldest);
    assertThat(notes)
        .extracting(Note::kind)
        .containsExactlyInAnyOrder(Note.Kind.EXPIRING, Note.Kind.TAKEN_BACK, Note.Kind.HOLD);
    assertThat(Notes.standing(notes, Note.Kind.EXPIRING, Note.Kind.TAKEN_BACK)).isEmpty();
    assertThatThrownBy(() -> archive.holds().takeBack(oldest, "ada"))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("is not on its way out");
  }

  @Test
  void no_point_that_expires_is_the_latest() {
    List<String> nights = archive.nights(3);
    archive.apply();
    nights.subList(1, 3).forEach(id -> archive.prove(id, Proof.Verdict.FAIL));
    assertThat(archive.catalog().latest(SamplePlan.DATABASE)).isEmpty();
    assertThat(archive.apply().takenBack()).containsExactly(nights.get(0));
    assertThat(archive.catalog().latest(SamplePlan.DATABASE).orElseThrow().id())
        .isEqualTo(nights.get(0));
  }

  @Test
  void a_pass_that_dies_between_tag_and_removal_is_finished_by_the_next() {
    String oldest = archive.nights(3).get(0);
    archive.apply();
    archive.days(3);
    archive.stores.beforeRemoval =
        store -> {
          throw new Killed();
        };
    assertThatThrownBy(archive::apply).isInstanceOf(Killed.class);
    String data = archive.find(oldest).copies().get(0).key();
    assertThat(archive.places.tags(data)).containsEntry("holdfast", "expiring");
    assertThat(archive.state(oldest)).isEqualTo(Point.State.EXPIRING);
    assertThat(archive.catalog().latest(SamplePlan.DATABASE).orElseThrow().id())
        .isNotEqualTo(oldest);

    archive.stores.beforeRemoval = store -> {};
    assertThat(archive.apply().removed()).containsExactly(oldest);
    assertThat(archive.left("primary", oldest)).allMatch(name -> name.startsWith("tombstone."));
    assertThat(archive.state(oldest)).isEqualTo(Point.State.DELETED);
  }

  @Test
  void a_store_that_cannot_be_reached_leaves_the_rest_for_the_next_pass() {
    String oldest = archive.nights(3).get(0);
    archive.apply();
    archive.days(3);
    archive.stores.beforeRemoval = this::secondIsAway;
    Report first = archive.apply();
    assertThat(first.removed()).isEmpty();
    assertThat(first.points().get(2).problem()).isEqualTo("Store second is away.");
    assertThat(archive.find(oldest).copies())
        .extracting(Point.Copy::state)
        .containsExactly(Point.State.DELETED, Point.State.EXPIRING);
    archive.stores.beforeRemoval = store -> {};
    assertThat(archive.apply().removed()).containsExactly(oldest);
  }

  private void secondIsAway(String store) {
    if (store.equals("second")) {
      throw new RunException(Code.UNREACHABLE, store, true, "Store second is away.");
    }
  }

  @Test
  void points_in_a_store_that_the_plan_no_longer_has_wait_and_the_others_go() {
    List<String> nights = archive.nights(4);
    archive.node.sql(
        "UPDATE copies SET store = 'former' WHERE store = 'second' AND point = '%s'"
            .formatted(nights.get(0)));
    Report report = archive.apply();
    assertThat(report.begun()).containsExactly(nights.get(1));
    assertThat(report.problem()).contains("former");
    assertThat(archive.state(nights.get(0))).isEqualTo(Point.State.GOOD);
  }

  @Test
  void what_is_left_of_a_point_can_be_taken_back_and_is_suspect() {
    String oldest = archive.nights(3).get(0);
    archive.apply();
    archive.days(3);
    archive.stores.beforeRemoval = this::secondIsAway;
    archive.apply();
    archive.stores.beforeRemoval = store -> {};
    archive.holds().takeBack(oldest, "ada");
    assertThat(archive.state(oldest)).isEqualTo(Point.State.SUSPECT);
    assertThat(archive.find(oldest).copies())
        .extracting(Point.Copy::state)
        .containsExactly(Point.State.DELETED, Point.State.SUSPECT);
  }

  @Test
  void a_removal_that_has_begun_is_undone_when_the_point_becomes_the_last_good_one() {
    List<String> nights = archive.nights(3);
    archive.apply();
    archive.days(3);
    archive.stores.beforeRemoval = this::secondIsAway;
    archive.apply();
    nights.subList(1, 3).forEach(id -> archive.prove(id, Proof.Verdict.FAIL));
    archive.stores.beforeRemoval = store -> {};
    Report last = archive.apply();
    assertThat(last.removed()).isEmpty();
    assertThat(last.takenBack()).containsExactly(nights.get(0));
    assertThat(archive.state(nights.get(0))).isEqualTo(Point.State.SUSPECT);
    assertThat(archive.left("second", nights.get(0)))
        .contains("data.dump.zst.gpg", "manifest.json")
        .doesNotContain("tombstone.json");
  }

  @Test
  void a_hold_that_the_journal_lost_is_learned_from_the_note_beside_the_point() {
    List<String> nights = archive.nights(3);
    archive.holds().add(nights.get(0), "a lawsuit", "ada");
    archive.node.sql("ALTER TABLE holds DISABLE TRIGGER ALL", "DELETE FROM holds");
    assertThat(archive.holds().all()).isEmpty();
    assertThat(archive.apply().begun()).isEmpty();
    assertThat(archive.holds().all())
        .singleElement()
        .satisfies(hold -> assertThat(hold.reason()).isEqualTo("a lawsuit"));
  }

  @Test
  void a_held_point_stays_and_one_on_its_way_out_comes_back() {
    List<String> nights = archive.nights(4);
    archive.holds().add(nights.get(0), "a lawsuit", "ada");
    assertThat(archive.apply().begun()).containsExactly(nights.get(1));
    archive.holds().add(nights.get(1), "another lawsuit", "bob");
    assertThat(archive.state(nights.get(1))).isEqualTo(Point.State.GOOD);
    archive.days(10);
    assertThat(archive.apply().removed()).isEmpty();
    assertThat(archive.holds().all()).hasSize(2);
    assertThat(archive.notes("primary", nights.get(0)))
        .singleElement()
        .satisfies(note -> assertThat(note.reason()).isEqualTo("a lawsuit"));

    archive.holds().release(nights.get(0), "it is settled", "ada");
    assertThat(archive.apply().begun()).containsExactly(nights.get(0));
    List<Note> notes = archive.notes("primary", nights.get(0));
    assertThat(Notes.standing(notes, Note.Kind.HOLD, Note.Kind.RELEASE)).isEmpty();
    assertThatThrownBy(() -> archive.holds().release(nights.get(0), "again", "ada"))
        .hasMessageContaining("Nobody holds point");
  }

  @Test
  void what_a_store_has_locked_is_neither_begun_nor_removed_before_the_day() {
    List<String> nights = archive.nights(3);
    archive.stores.locks.put("second", archive.clock.instant().plus(Duration.ofDays(5)));
    Report first = archive.apply();
    assertThat(first.begun()).isEmpty();
    assertThat(first.points().get(2).reason()).startsWith("locked in store second until");
    archive.stores.locks.clear();
    archive.apply();
    archive.stores.locks.put("second", archive.clock.instant().plus(Duration.ofDays(5)));
    archive.days(4);
    assertThat(archive.apply().removed()).isEmpty();
    assertThat(archive.state(nights.get(0))).isEqualTo(Point.State.EXPIRING);
    archive.days(1);
    assertThat(archive.apply().removed()).containsExactly(nights.get(0));
  }

  @Test
  void a_point_that_something_reads_stays_until_that_is_over() {
    String oldest = archive.nights(3).get(0);
    Runs runs = archive.node.runs();
    Run restore =
        runs.begin(
            new Runs.Request(
                archive.node.ids().next(),
                Run.Kind.RESTORE,
                SamplePlan.DATABASE,
                "cli",
                "ada",
                null,
                oldest));
    assertThat(archive.apply().begun()).isEmpty();
    runs.succeed(restore, oldest, List.of());
    assertThat(archive.apply().begun()).containsExactly(oldest);
  }

  @Test
  void many_at_once_wait_for_a_persons_word_and_then_go() {
    List<String> nights = archive.nights(7);
    Report asked = archive.apply();
    assertThat(asked.begun()).isEmpty();
    Approval approval = asked.approval();
    assertThat(approval.points()).containsExactlyElementsOf(nights.subList(0, 5));
    assertThat(archive.apply().approval().id()).isEqualTo(approval.id());

    archive.days(1);
    archive.point();
    Report done = archive.retentions().approve(approval.id().substring(0, 12), "eve");
    assertThat(done.begun()).containsExactlyInAnyOrderElementsOf(nights.subList(0, 6));
    assertThat(archive.node.audit().newest(20))
        .filteredOn(entry -> entry.action().equals("prune.approved"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.actor()).isEqualTo("eve"));
  }

  @Test
  void an_approval_is_void_after_its_term_and_for_other_points() {
    archive.nights(7);
    Approval approval = archive.apply().approval();
    archive.days(3);
    assertThatThrownBy(() -> archive.retentions().approve(approval.id(), "eve"))
        .hasMessageContaining("is void");
    assertThatThrownBy(() -> archive.retentions().approve("0123456789", "eve"))
        .hasMessageContaining("No removal waits");
    archive.node.sql(
        "UPDATE removal_approvals SET points = points || E'\\nother', expires_at = now()");
    assertThatThrownBy(() -> archive.retentions().approve(approval.id(), "eve"))
        .hasMessageContaining("is void");
  }

  @Test
  void a_question_that_no_longer_stands_is_not_asked_any_more() {
    List<String> nights = archive.nights(7);
    Approval first = archive.apply().approval();
    archive.holds().add(nights.get(0), "a lawsuit", "ada");
    Approval second = archive.apply().approval();
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(archive.retentions().waiting()).containsExactly(second);
    assertThatThrownBy(() -> archive.retentions().approve(first.id(), "eve"))
        .hasMessageContaining("is void");
    archive.holds().add(nights.get(1), "a lawsuit", "ada");
    assertThat(archive.apply().approval()).isNull();
    assertThat(archive.retentions().waiting()).isEmpty();
  }

  @Test
  void many_small_passes_within_a_day_count_as_one() {
    List<String> nights = archive.nights(7);
    archive.plan(Archive.last(4));
    archive.node.sql("DELETE FROM retention_rules");
    assertThat(archive.apply().begun()).hasSize(3);
    archive.plan(Archive.last(3));
    archive.node.sql("DELETE FROM retention_rules");
    Report second = archive.apply();
    assertThat(second.begun()).isEmpty();
    assertThat(second.approval().points()).containsExactly(nights.get(3));
  }

  @Test
  void a_plan_that_shrank_waits_a_day_and_shows_what_it_would_let_go() {
    archive.plan(Archive.last(4));
    List<String> nights = archive.nights(5);
    assertThat(archive.show().waitsUntil()).isNull();
    archive.apply();
    archive.clock.move(Duration.ofHours(1));
    archive.plan(Archive.last(2));
    Report changed = archive.apply();
    assertThat(changed.begun()).isEmpty();
    assertThat(ids(changed, Decision.Fate.WAIT)).containsExactly(nights.get(2), nights.get(1));
    assertThat(changed.waitsUntil()).isEqualTo(archive.clock.instant().plus(Duration.ofHours(24)));
    archive.days(1);
    assertThat(archive.apply().begun()).containsExactly(nights.get(2), nights.get(1));
  }

  @Test
  void a_clock_one_year_ahead_removes_nothing_and_people_are_told() {
    List<String> nights = archive.nights(4);
    archive.apply();
    archive.clock.move(Duration.ofDays(365));
    archive.point();
    Report refused = archive.apply();
    assertThat(refused.begun()).isEmpty();
    assertThat(refused.removed()).isEmpty();
    assertThat(refused.problem()).contains("The clock is 365 days ahead");
    assertThat(archive.sense().refusedSince()).isPresent();
    assertThat(archive.left("primary", nights.get(0))).contains("data.dump.zst.gpg");

    archive.clock.move(Duration.ofDays(-365));
    assertThat(archive.sense().look().believed()).isTrue();
    assertThat(archive.sense().refusedSince()).isEmpty();
  }

  @Test
  void points_that_were_made_while_the_clock_was_years_behind_are_not_old() {
    List<String> nights = archive.nights(3);
    archive.clock.move(Duration.ofDays(-2000));
    String behind = archive.point().id();
    archive.clock.move(Duration.ofDays(2001));
    archive.sense().look();
    assertThat(archive.apply().begun()).containsExactly(nights.get(1), nights.get(0));
    assertThat(archive.state(behind)).isEqualTo(Point.State.GOOD);
  }

  @Test
  void after_a_long_time_off_a_bucket_or_a_person_says_what_time_it_is() {
    archive.nights(2);
    archive.clock.move(Duration.ofDays(30));
    assertThat(archive.apply().problem()).contains("ahead of the newest time known");
    archive.witness = Optional.of(archive.clock.instant().minusSeconds(60));
    assertThat(archive.apply().problem()).isNull();

    archive.witness = Optional.empty();
    archive.clock.move(Duration.ofDays(30));
    assertThat(archive.apply().problem()).isNotNull();
    assertThat(archive.retentions().confirmClock("eve").believed()).isTrue();
    assertThat(archive.apply().problem()).isNull();
  }

  @Test
  void no_person_can_talk_a_clock_past_that_of_the_database() {
    archive.nights(2);
    archive.clock.move(Duration.ofDays(365 * 20));
    assertThat(archive.retentions().confirmClock("eve").believed()).isFalse();
  }

  @Test
  void the_daily_pass_is_made_once_and_only_shows_unless_told_to_apply() {
    List<String> nights = archive.nights(3);
    RetentionSettings shows = new RetentionSettings("04:00", "UTC", false);
    assertThat(daily(shows).passDue()).isTrue();
    assertThat(daily(shows).passDue()).isFalse();
    assertThat(archive.state(nights.get(0))).isEqualTo(Point.State.GOOD);
    archive.days(1);
    assertThat(daily(new RetentionSettings("04:00", "UTC", true)).passDue()).isTrue();
    assertThat(archive.state(nights.get(0))).isEqualTo(Point.State.EXPIRING);
    assertThat(daily(new RetentionSettings(null, "UTC", true)).passDue()).isFalse();
  }

  private DailyPass daily(RetentionSettings settings) {
    return new DailyPass(settings, archive.retentions(), archive.node.transaction(), archive.clock);
  }

  @Test
  void a_note_that_we_did_not_sign_or_that_speaks_of_another_point_does_not_count() {
    List<String> nights = archive.nights(3);
    archive.apply();
    String folder = Layout.folder(SamplePlan.DATABASE, nights.get(2)).path() + "/";
    String from = Layout.folder(SamplePlan.DATABASE, nights.get(0)).path() + "/";
    for (String key : archive.places.keys("second", from)) {
      String name = key.substring(from.length());
      if (name.startsWith("expiring-")) {
        archive.places.put("second", folder + name, bytes(key));
      }
    }
    archive.places.put("second", folder + "hold-x.json", "{}".getBytes(StandardCharsets.UTF_8));
    archive.places.put("second", folder + "hold-x.json.asc", new byte[] {1});
    assertThat(archive.notes("second", nights.get(0))).hasSize(1);
    assertThat(archive.notes("second", nights.get(2))).isEmpty();
  }

  private byte[] bytes(String key) {
    try (var in = archive.places.named("second").open(new Key(key))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
