package holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.journal.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands about what is kept and what is let go, as operators type them. */
class RetentionCommandTest {

  private House house;
  private String first;
  private String second;

  @BeforeEach
  void twoPoints() throws IOException {
    House.Wishes wishes = new House.Wishes();
    wishes.database = Sample.database();
    house = House.of(wishes);
    Path system = house.home.resolve("systems/roleferry.yml");
    Files.writeString(
        system,
        Files.readString(system)
            .replace(
                "      stores: [primary]\n",
                "      stores: [primary]\n      retention: {keep-last: 1, at-least: 1d}\n"));
    house.serve();
    assertThat(house.backup().failure()).isNull();
    first = house.point().id();
    age(first, 10);
    assertThat(house.backup().failure()).isNull();
    second = house.point().id();
  }

  @AfterEach
  void end() {
    house.close();
  }

  /** As if it had been made so many days ago. */
  private void age(String point, int days) {
    house
        .bean(Transaction.class)
        .sql(
            """
            UPDATE points SET at = at - make_interval(days => :days),
              finished_at = finished_at - make_interval(days => :days) WHERE id = :id""")
        .param("days", days)
        .param("id", point)
        .update();
  }

  private Point.State state(String point) {
    return house.bean(Catalog.class).find(point).orElseThrow().state();
  }

  private Typed typed(String... words) {
    return Typed.in(house.home, words);
  }

  private static JsonNode json(Typed typed) throws IOException {
    return new ObjectMapper().readTree(String.join("", typed.lines()));
  }

  @Test
  void a_point_is_shown_let_go_taken_back_and_held() throws IOException {
    Typed shown = typed("prune");
    assertThat(shown.exit()).as(shown.toString()).isZero();
    assertThat(shown.lines().get(0))
        .isEqualTo("roleferry/database keeps: keep-last 1, at-least 24 h");
    assertThat(shown.lines())
        .anyMatch(line -> line.matches(first + " .* go +no rule keeps it: .*"));
    assertThat(shown.lines())
        .anyMatch(line -> line.matches(second + " .* keep +newest good point"));
    assertThat(state(first)).isEqualTo(Point.State.GOOD);

    Typed applied = typed("prune", "roleferry/database", "--apply", "--json");
    assertThat(applied.exit()).as(applied.toString()).isZero();
    assertThat(json(applied).at("/assets/0/begun/0").asText()).isEqualTo(first);
    assertThat(state(first)).isEqualTo(Point.State.EXPIRING);

    assertThat(typed("prune", "--take-back", first).exit()).isZero();
    assertThat(state(first)).isEqualTo(Point.State.GOOD);
    assertThat(typed("hold", "list").lines().get(1)).startsWith(first).endsWith("taken back");
    assertThat(json(typed("prune", "--apply", "--json")).at("/assets/0/begun")).isEmpty();
    assertThat(typed("hold", "remove", first, "--reason", "no longer needed").exit()).isZero();
    assertThat(typed("hold", "list").lines()).containsExactly("Nobody holds a point.");
    assertThat(typed("hold", "add", "nothing", "--reason", "x").exit()).isEqualTo(2);
    assertThat(typed("prune", "nothing").complaints())
        .isEqualTo("The plan has no system or asset nothing.\n");
    assertThat(typed("prune", "--apply", "--take-back", first).exit()).isEqualTo(2);
    assertThat(typed("prune", "--clock-is-right").exit()).isZero();
    assertThat(typed("audit", "verify").exit()).isZero();
  }

  @Test
  void many_at_once_end_with_five_until_an_admin_approves() throws IOException {
    for (int i = 1; i <= 5; i++) {
      again("20200101T00000000%d-aaaaaa".formatted(i), i);
    }
    Typed asked = typed("prune", "--apply");
    assertThat(asked.exit()).as(asked.toString()).isEqualTo(5);
    assertThat(asked.complaints())
        .contains("6 points at once need an admin's word: holdfast prune");
    assertThat(state(first)).isEqualTo(Point.State.GOOD);
    String id = json(typed("prune", "--json")).at("/assets/0/approval/id").asText();

    Typed approved = typed("prune", "--approve", id.substring(0, 12), "--json");
    assertThat(approved.exit()).as(approved.toString()).isZero();
    assertThat(json(approved).at("/assets/0/begun")).hasSize(6);
    assertThat(state(first)).isEqualTo(Point.State.EXPIRING);
    assertThat(state(second)).isEqualTo(Point.State.GOOD);
  }

  /** Another point of the catalog, of which nothing lies in the store. */
  private void again(String id, int days) {
    Transaction journal = house.bean(Transaction.class);
    journal
        .sql(
            """
            INSERT INTO points SELECT :id, system, asset, state, token,
              at - make_interval(days => :days), finished_at - make_interval(days => :days),
              plain_bytes, plain_sha256, sealed_bytes, sealed_sha256, manifest, signature
            FROM points WHERE id = :of""")
        .param("id", id)
        .param("days", days)
        .param("of", first)
        .update();
    journal
        .sql(
            """
            INSERT INTO copies (point, place, store, key, state, bytes, checksum, etag)
            SELECT :id, place, store, replace(key, point, :id), state, bytes, checksum, etag
            FROM copies WHERE point = :of""")
        .param("id", id)
        .param("of", first)
        .update();
  }
}
