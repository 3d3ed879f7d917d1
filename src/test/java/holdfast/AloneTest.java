package holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.catalog.Point;
import holdfast.harness.Receiver;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A command where no service runs: it tells what happened before it ends, and begins nothing. */
class AloneTest {

  private static final String ASSET = House.ASSET.toString();

  @Test
  void people_hear_of_a_failed_backup_before_the_command_ends() {
    House.Wishes wishes = new House.Wishes();
    try (Receiver slack = Receiver.start();
        House house = House.of(slackAt(wishes, slack.at("/slack").toString()))) {
      Typed backup = Typed.in(house.home, "backup", ASSET);

      assertThat(backup.exit()).isEqualTo(1);
      assertThat(slack.taken("slack")).hasSize(1);
      assertThat(backup.complaints().lines()).hasSize(1);
      assertThat(backup.complaints()).contains("absent").doesNotContain("wait");
    }
  }

  @Test
  void a_message_that_nobody_takes_is_told_of_at_once_and_leaves_with_the_next_service() {
    House.Wishes wishes = new House.Wishes();
    try (House house = House.of(slackAt(wishes, "http://127.0.0.1:1/slack"))) {
      Typed backup = Typed.in(house.home, "backup", "--json", ASSET);

      assertThat(backup.exit()).isEqualTo(1);
      assertThat(backup.complaints())
          .isEqualTo("1 message waits; it leaves when a service runs.\n");
      assertThat(backup.lines()).first().asString().startsWith("{");
    }
  }

  @Test
  void the_proof_of_a_new_point_is_left_whole_to_the_next_service() {
    House.Wishes wishes = new House.Wishes();
    wishes.database = Sample.database();
    wishes.queries = Sample.QUERIES;
    wishes.afterBackup = "true";
    try (House house = House.of(wishes)) {
      Typed backup = Typed.in(house.home, "backup", ASSET);
      assertThat(backup.exit()).as(backup.toString()).isZero();

      assertThat(Typed.in(house.home, "run", "show", point(backup)).lines())
          .contains("  ops-slack: DELIVERED", "  holdfast-proof: WAITING");
      house.serve();
      await("the proof")
          .atMost(Duration.ofSeconds(40))
          .until(() -> house.point().state() == Point.State.PROVEN);
    }
  }

  private static House.Wishes slackAt(House.Wishes wishes, String address) {
    wishes.slack = address;
    return wishes;
  }

  private static String point(Typed backup) {
    Matcher id =
        Pattern.compile("\\d{8}T\\d{9}-[2-9a-z]{6}").matcher(String.join("\n", backup.lines()));
    assertThat(id.find()).as(backup.toString()).isTrue();
    return id.group();
  }
}
