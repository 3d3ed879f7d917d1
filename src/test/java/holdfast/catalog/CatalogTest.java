package holdfast.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import holdfast.harness.JournalNode;
import holdfast.harness.SamplePlan;
import holdfast.harness.SettableClock;
import holdfast.journal.Code;
import holdfast.journal.Event;
import holdfast.journal.Outbox;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatalogTest {

  private final SettableClock clock = SettableClock.at("2026-11-21T02:00:00Z");
  private JournalNode node;
  private Shelf shelf;
  private Catalog catalog;

  @BeforeEach
  void an_empty_catalog() {
    node = JournalNode.fresh(clock, "slack", "email");
    shelf = new Shelf(node, SamplePlan.plans(SamplePlan.asset()), clock);
    catalog = shelf.catalog();
  }

  @Test
  void a_good_point_its_run_its_messages_and_its_proof_to_be_come_together() {
    Run run = shelf.claim();
    clock.move(Duration.ofSeconds(90));
    Point point = catalog.record(shelf.complete(run));

    assertThat(catalog.find(point.id())).contains(point);
    assertThat(point.state()).isEqualTo(Point.State.GOOD);
    assertThat(point.copies()).extracting(Point.Copy::store).containsExactly("primary", "second");
    Run ended = node.runs().find(run.id()).orElseThrow();
    assertThat(ended.state()).isEqualTo(Run.State.SUCCEEDED);
    assertThat(ended.point()).isEqualTo(point.id());
    assertThat(node.outbox().ofRun(run.id()))
        .extracting(Outbox.Entry::channel)
        .containsExactly("slack", "email", Event.PROOF_CHANNEL);
    assertThat(told(run.id()).facts())
        .containsEntry("seconds", 90)
        .containsEntry("plainBytes", 1_000)
        .containsEntry("sealedBytes", 500)
        .containsEntry("rows", 7)
        .containsEntry("stores", List.of("primary", "second"))
        .containsEntry("rpoTargetSeconds", 86_400)
        .containsEntry("nextAt", "2026-11-22T02:00:00Z")
        .containsEntry("proofFollows", true)
        .doesNotContainKey("previousPoint");
    assertThat(node.audit().verify().brokenAt()).isZero();
  }

  @Test
  void recording_again_gives_the_point_that_is_there() {
    Run run = shelf.claim();
    Ticket ticket = shelf.complete(run);
    Point point = catalog.record(ticket);

    assertThat(catalog.record(ticket)).isEqualTo(point);
    assertThat(node.outbox().ofRun(run.id())).hasSize(3);
  }

  @Test
  void what_is_missing_is_named_and_nothing_is_kept() {
    Run run = shelf.claim();
    Ticket whole = shelf.complete(run);
    Ticket unseen =
        Ticket.of(run.id(), whole.asset(), "cli", "ada", null)
            .claimedBy(run)
            .with(Recipe.dump(whole.asset()))
            .with(whole.evidence())
            .confirmedIn("primary");

    assertThatThrownBy(() -> catalog.record(unseen))
        .asInstanceOf(type(RunException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.NO_EVIDENCE))
        .satisfies(
            e ->
                assertThat(e)
                    .hasMessageContaining("the plan's recipe, an independent look at the copy in"));
    assertThat(catalog.points(null, 10)).isEmpty();
    assertThat(node.runs().find(run.id()).orElseThrow().state()).isEqualTo(Run.State.RUNNING);
  }

  @Test
  void a_zombie_with_complete_evidence_makes_no_point() {
    Run zombie = shelf.claim();
    Ticket ticket = shelf.complete(zombie);
    node.sql(
        "UPDATE leases SET expires_at = now() - interval '1 second'",
        "UPDATE runs SET alive_until = now() - interval '1 second'");
    clock.move(Duration.ofMinutes(10));
    Run heir = shelf.claim();

    assertFenced(() -> catalog.record(ticket));
    assertThat(catalog.points(SamplePlan.DATABASE, 10)).isEmpty();
    assertThat(catalog.record(shelf.complete(heir)).id()).isEqualTo(heir.id());
  }

  @Test
  void a_pass_proves_a_fail_makes_suspect_and_what_could_not_be_verified_changes_nothing() {
    Point point = shelf.point();
    clock.move(Duration.ofMinutes(5));
    shelf.prove(point, Proof.Verdict.COULD_NOT_VERIFY, "There was no key.", 0);
    assertThat(state(point)).isEqualTo(Point.State.GOOD);

    clock.move(Duration.ofMinutes(5));
    Proof pass = shelf.prove(point, Proof.Verdict.PASS, "", 12.5);
    assertThat(state(point)).isEqualTo(Point.State.PROVEN);
    assertThat(catalog.find(point.id()).orElseThrow().proof()).isEqualTo(pass);
    assertThat(catalog.find(point.id()).orElseThrow().copies())
        .extracting(Point.Copy::state)
        .containsOnly(Point.State.PROVEN);

    clock.move(Duration.ofMinutes(5));
    shelf.prove(point, Proof.Verdict.FAIL, "users is 6, expected 7.", 12.5);
    assertThat(state(point)).isEqualTo(Point.State.SUSPECT);
    assertThat(catalog.proofs(SamplePlan.DATABASE, 10)).hasSize(3);
  }

  @Test
  void a_proof_is_told_with_its_verdict_and_the_time_it_took_against_the_target() {
    Point point = shelf.point();
    clock.move(Duration.ofMinutes(5));
    Proof pass = shelf.prove(point, Proof.Verdict.PASS, "", 12.5);
    Event told = told(pass.runId());

    assertThat(told.type()).isEqualTo(Event.Type.POINT_PROVEN);
    assertThat(told.facts())
        .containsEntry("verdict", "PASS")
        .containsEntry("restoreSeconds", 12.5)
        .containsEntry("rtoTargetSeconds", 7_200)
        .containsEntry("rtoMet", true)
        .containsEntry("answers", List.of("users 7 (= 7, as in the dump)"));
    Proof fail = shelf.prove(point, Proof.Verdict.FAIL, "users is 6.", 1);
    assertThat(told(fail.runId()).type()).isEqualTo(Event.Type.PROOF_FAILED);
    Run failed = node.runs().find(fail.runId()).orElseThrow();
    assertThat(failed.state()).isEqualTo(Run.State.FAILED);
    assertThat(failed.failureCode()).isEqualTo(Code.CORRUPT);
    assertThat(failed.failure()).isEqualTo("users is 6.");
    Proof blind = shelf.prove(point, Proof.Verdict.COULD_NOT_VERIFY, "No key.", 0);
    assertThat(told(blind.runId()).type()).isEqualTo(Event.Type.PROOF_IMPOSSIBLE);
  }

  @Test
  void the_proof_of_a_closed_run_does_not_count() {
    Point point = shelf.point();
    Run run = shelf.verify(point);
    node.sql("UPDATE runs SET alive_until = now() WHERE state = 'RUNNING'");
    node.reconciler().closeLapsed();

    assertFenced(() -> catalog.prove(shelf.proof(run, point, Proof.Verdict.PASS, "", 1)));
    assertThat(state(point)).isEqualTo(Point.State.GOOD);
    assertThat(catalog.proofs(SamplePlan.DATABASE, 10)).isEmpty();
  }

  @Test
  void the_latest_restorable_point_is_never_a_suspect_one() {
    assertThat(catalog.latest(SamplePlan.DATABASE)).isEmpty();
    Point first = shelf.point();
    shelf.prove(first, Proof.Verdict.PASS, "", 1);
    clock.move(Duration.ofDays(1));
    Point second = shelf.point();
    clock.move(Duration.ofDays(1));
    Point third = shelf.point();
    shelf.prove(third, Proof.Verdict.FAIL, "Rows are missing.", 1);

    assertThat(catalog.latest(SamplePlan.DATABASE).orElseThrow().id()).isEqualTo(second.id());
    assertThat(catalog.latestProven(SamplePlan.DATABASE).orElseThrow().id()).isEqualTo(first.id());
    assertThat(catalog.points(null, 10))
        .extracting(Point::id)
        .containsExactly(third.id(), second.id(), first.id());
    assertThat(told(third.id()).facts())
        .containsEntry("previousPoint", second.id())
        .containsEntry("previousAt", "2026-11-22T02:00:00Z");
  }

  @Test
  void points_and_proofs_cannot_be_removed_by_sql() {
    shelf.prove(shelf.point(), Proof.Verdict.PASS, "", 1);
    for (String table : List.of("proofs", "copies", "points")) {
      assertThatThrownBy(() -> node.sql("DELETE FROM " + table))
          .hasMessageContaining("append-only");
    }
    assertThatThrownBy(() -> node.sql("UPDATE proofs SET verdict = 'PASS'"))
        .hasMessageContaining("append-only");
  }

  private Point.State state(Point point) {
    return catalog.find(point.id()).orElseThrow().state();
  }

  private Event told(String run) {
    return Event.read(node.outbox().ofRun(run).get(0).event());
  }

  private static void assertFenced(ThrowingCallable act) {
    assertThatThrownBy(act)
        .asInstanceOf(type(RunException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.FENCED));
  }
}
