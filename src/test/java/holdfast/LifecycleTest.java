package holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.catalog.Point;
import holdfast.catalog.Proof;
import holdfast.harness.Postgres;
import holdfast.journal.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The product's story: protect, lose, restore, prove. */
class LifecycleTest {

  private House house;

  @AfterEach
  void end() {
    if (house != null) {
      house.close();
    }
  }

  @Test
  void what_was_lost_comes_back_row_by_row_and_the_proof_passes() {
    String database = Sample.database();
    String before = Sample.checksums(database);
    House.Wishes wishes = new House.Wishes();
    wishes.database = database;
    wishes.queries = Sample.QUERIES;
    house = House.of(wishes).start();

    // protect
    Run backup = house.backup();
    assertThat(backup.failure()).isNull();
    assertThat(backup.state()).isEqualTo(Run.State.SUCCEEDED);
    assertThat(house.point().state()).isEqualTo(Point.State.GOOD);

    // lose
    Postgres.run(database, "TRUNCATE users CASCADE");

    // restore
    String copy = database + "_copy";
    Run restore = house.restore("prod/" + copy);
    assertThat(restore.failure()).isNull();
    assertThat(Sample.checksums(copy)).isEqualTo(before);

    // prove
    Run proof = house.verify();
    assertThat(proof.failure()).isNull();
    Point proven = house.point();
    assertThat(proven.state()).isEqualTo(Point.State.PROVEN);
    assertThat(proven.proof().verdict()).isEqualTo(Proof.Verdict.PASS);
    assertThat(proven.proof().restoreSeconds()).isPositive();
    assertThat(proven.proof().answers())
        .extracting(Proof.Answer::query)
        .containsExactly("rows of every table", "users", "applications", "outreach");
  }

  @Test
  void a_good_point_is_proven_by_itself_and_people_hear_of_both() {
    House.Wishes wishes = new House.Wishes();
    wishes.database = Sample.database();
    wishes.afterBackup = "true";
    house = House.of(wishes).serve();
    assertThat(house.backup().failure()).isNull();
    Point point = house.point();
    await("the proof").until(() -> house.point().state() == Point.State.PROVEN);
    await("both messages")
        .until(
            () ->
                House.SLACK.taken("slack").stream()
                        .filter(taken -> taken.parameters().get("text").contains(point.id()))
                        .count()
                    >= 2);
  }
}
