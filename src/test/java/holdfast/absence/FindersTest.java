package holdfast.absence;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.Point;
import holdfast.catalog.Proof;
import holdfast.catalog.Shelf;
import holdfast.harness.JournalNode;
import holdfast.harness.SamplePlan;
import holdfast.harness.SettableClock;
import holdfast.incident.Incident;
import holdfast.incident.Incidents;
import holdfast.plan.Asset;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each absence on a real journal: told while it lasts, and over when it is over. */
class FindersTest {

  private final SettableClock clock = SettableClock.at("2026-11-21T10:00:00Z");
  private final JournalNode node = JournalNode.fresh(clock);
  private final Plans plans = SamplePlan.plans(SamplePlan.asset());
  private final Shelf shelf = new Shelf(node, plans, clock);
  private final Incidents incidents =
      new Incidents(node.transaction(), node.audit(), node.outbox(), node.ids(), plans, clock);

  /** Half a minute after the look before: what happens at one moment has no order. */
  private int look(String name, Finder finder) {
    clock.move(Duration.ofSeconds(30));
    return lookNow(name, finder);
  }

  private int lookNow(String name, Finder finder) {
    Siren siren = new Siren(name, Situation.BACKUP, node.transaction(), incidents, clock);
    return siren.tell(finder.troubles(clock.instant()));
  }

  private Incident only() {
    assertThat(incidents.open()).hasSize(1);
    return incidents.open().get(0);
  }

  private List<String> firing() {
    return node.transaction()
        .sql("SELECT fingerprint FROM signals WHERE state = 'FIRING' ORDER BY fingerprint")
        .query(String.class)
        .list();
  }

  @Test
  void a_pause_longer_than_the_data_may_age_is_told_of_every_day_until_somebody_resumes() {
    Paused paused = new Paused(node.transaction(), plans, shelf.catalog());
    node.runs().pause("roleferry", null, true, "ada");
    clock.move(Duration.ofHours(24));
    assertThat(lookNow("paused", paused)).isZero();
    clock.move(Duration.ofSeconds(1));
    assertThat(lookNow("paused", paused)).isEqualTo(1);
    assertThat(only().severity()).isEqualTo(Severity.MEDIUM);
    assertThat(only().text())
        .isEqualTo(
            "ada paused its schedules at 2026-11-21 10:00 UTC: 'holdfast schedule resume' wakes them.");
    IntStream.range(0, 48)
        .forEach(
            half -> {
              clock.move(Duration.ofMinutes(30));
              look("paused", paused);
            });
    assertThat(firing()).containsExactly("holdfast/holdfast-paused/roleferry/database-2026-11-23");
    assertThat(incidents.recent(10)).as("one message each day").hasSize(2);
    node.runs().pause("roleferry", null, false, "ada");

    assertThat(look("paused", paused)).isZero();
    assertThat(firing()).isEmpty();
  }

  @Test
  void schedules_that_are_all_disabled_are_told_of_once_the_data_is_too_old() {
    Asset asset = SamplePlan.asset();
    Asset disabled =
        new Asset(
            asset.id(),
            asset.component(),
            asset.source(),
            asset.pipeline(),
            asset.schedules().stream()
                .map(
                    one ->
                        new holdfast.plan.Schedule(
                            one.name(), one.cron(), ZoneOffset.UTC, false, one.origin()))
                .toList(),
            asset.stores(),
            asset.copies(),
            asset.verification(),
            asset.retention(),
            asset.lifecycle(),
            asset.channels(),
            asset.origin());
    Paused paused = new Paused(node.transaction(), SamplePlan.plans(disabled), shelf.catalog());
    shelf.point();
    clock.move(Duration.ofHours(24));
    assertThat(lookNow("paused", paused)).isZero();
    clock.move(Duration.ofSeconds(1));

    assertThat(lookNow("paused", paused)).isEqualTo(1);
    assertThat(only().text()).isEqualTo("Every schedule of it is disabled in the plan.");
  }

  @Test
  void points_of_which_none_was_proven_for_a_week_are_told_of_until_one_is() {
    Unproven unproven = new Unproven(node.transaction(), plans);
    assertThat(lookNow("unproven", unproven)).as("nothing to prove").isZero();
    Point first = shelf.point();
    clock.move(Duration.ofDays(6));
    shelf.prove(first, Proof.Verdict.COULD_NOT_VERIFY, "no key", 0);
    clock.move(Duration.ofDays(1));
    assertThat(lookNow("unproven", unproven)).isZero();
    clock.move(Duration.ofSeconds(1));
    assertThat(lookNow("unproven", unproven)).isEqualTo(1);
    assertThat(only().text())
        .startsWith("None ever was since 2026-11-21 10:00 UTC; a proof is due every 168 h.");
    shelf.prove(first, Proof.Verdict.PASS, "", 1);
    assertThat(look("unproven", unproven)).isZero();
    assertThat(firing()).isEmpty();
    clock.move(Duration.ofDays(8));

    assertThat(look("unproven", unproven)).isEqualTo(1);
  }

  @Test
  void a_copy_that_the_newest_point_lacks_is_told_of_after_an_hour() {
    MissingCopies copies = new MissingCopies(node.transaction(), plans);
    Point point = shelf.point();
    node.sql("UPDATE copies SET state = 'DELETED' WHERE store = 'second'");
    clock.move(MissingCopies.GRACE);
    assertThat(lookNow("copies", copies)).isZero();
    clock.move(Duration.ofSeconds(1));
    assertThat(lookNow("copies", copies)).isEqualTo(1);
    assertThat(only().severity()).isEqualTo(Severity.MEDIUM);
    assertThat(only().text())
        .isEqualTo(
            "1 of its points lack a sound copy; the newest is %s in second.".formatted(point.id()));
    node.sql("UPDATE copies SET state = 'CORRUPT' WHERE store = 'primary'");
    assertThat(look("copies", copies)).isEqualTo(1);
    assertThat(only().severity()).isEqualTo(Severity.CRITICAL);
    node.sql("UPDATE copies SET state = 'GOOD'");

    assertThat(look("copies", copies)).isZero();
    assertThat(firing()).isEmpty();
  }

  @Test
  void a_copy_that_was_there_and_is_damaged_or_gone_is_told_of_at_once() {
    MissingCopies copies = new MissingCopies(node.transaction(), plans);
    Point point = shelf.point();
    assertThat(lookNow("copies", copies)).isZero();
    node.sql("UPDATE copies SET state = 'CORRUPT' WHERE store = 'second'");
    assertThat(lookNow("copies", copies)).isEqualTo(1);
    assertThat(only().title()).contains("are missing or damaged");
    assertThat(only().text()).contains(point.id() + " in second");
    node.sql("UPDATE copies SET state = 'MISSING', seen_at = NULL");
    assertThat(look("copies", copies)).as("one that is still to be made").isZero();
    node.sql("UPDATE copies SET seen_at = now()");
    node.sql("UPDATE points SET state = 'CORRUPT'");
    assertThat(look("copies", copies)).isEqualTo(1);
    assertThat(only().severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void a_store_that_nearly_holds_what_it_may_is_told_of() {
    shelf.point();
    shelf.point();
    assertThat(look("stores", new StoreRoom(node.transaction(), Map.of("primary", 1_251L))))
        .isZero();
    assertThat(look("stores", new StoreRoom(node.transaction(), Map.of("primary", 1_250L))))
        .isEqualTo(1);
    assertThat(only().severity()).isEqualTo(Severity.MEDIUM);
    assertThat(StoreRoom.trouble("primary", 95, 100).orElseThrow().severity())
        .isEqualTo(Severity.HIGH);
    assertThat(
            StoreRoom.trouble("primary", 450_000_000_000L, 500_000_000_000L).orElseThrow().text())
        .isEqualTo("450.0 GB rest there, which is 90 % of its capacity of 500.0 GB.");
    node.sql("UPDATE copies SET state = 'DELETED'");

    assertThat(look("stores", new StoreRoom(node.transaction(), Map.of("primary", 1_250L))))
        .isZero();
    assertThat(firing()).isEmpty();
  }
}
