package holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators type about the way of alarms and about customers, against a running service. */
class AlarmTypedTest {

  @Test
  void a_test_says_who_has_taken_it_and_a_notice_for_customers_is_drafted_and_not_approved()
      throws IOException {
    try (House house = House.of(new House.Wishes()).serve()) {
      Typed tested = Typed.in(house.home, "alarm", "test");
      assertThat(tested.exit()).as(tested.toString()).isZero();
      assertThat(tested.lines().get(0)).startsWith("CHANNEL").contains("CONFIRMED");
      assertThat(tested.lines().get(1)).startsWith("ops-slack").contains("yes", "ok");
      assertThat(Typed.in(house.home, "incident", "list").lines())
          .containsExactly("No open incident.");

      Typed nothing = Typed.in(house.home, "alarm");
      assertThat(nothing.exit()).isEqualTo(2);
      assertThat(nothing.complaints()).contains("holdfast alarm test");

      String id = Typed.in(house.home, "incident", "open", "Down").lines().get(0).split("[ .]")[1];
      Typed template = Typed.in(house.home, "incident", "notice", "draft", id);
      assertThat(template.exit()).as(template.toString()).isZero();
      assertThat(template.lines())
          .contains("  What happened: [what happened, in plain words]")
          .noneMatch(line -> line.contains("Down"));
      Files.writeString(house.home.resolve("words.txt"), "We are sorry\n\nIt is our fault.\n");
      Typed own =
          Typed.in(
              house.home,
              "incident",
              "notice",
              "draft",
              id,
              house.home.resolve("words.txt").toString());
      assertThat(own.lines().get(0)).endsWith("draft, by command line");
      assertThat(own.lines().subList(1, 3))
          .isEqualTo(List.of("  We are sorry", "  It is our fault."));
      assertThat(Typed.in(house.home, "incident", "notice", "list", id).lines())
          .contains("  It is our fault.");
    }
  }
}
