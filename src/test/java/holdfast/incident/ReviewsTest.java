package holdfast.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.journal.RunException;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What people agree on beside an incident, on a real journal. */
class ReviewsTest {

  private final Watchroom room = new Watchroom(Duties.plans(Duties.three()));
  private final Reviews reviews =
      new Reviews(room.node.transaction(), room.node.audit(), room.clock);
  private final String incident = open("Server down");

  private String open(String title) {
    return room.incidents.open(
        new Opening("roleferry", Severity.HIGH, Situation.SERVER, title, "", "ada"));
  }

  @Test
  void calls_are_listed_in_the_order_they_are_held_and_stand_in_the_timeline() {
    Instant later = room.now().plus(Duration.ofHours(2));
    Instant sooner = room.now().plus(Duration.ofMinutes(15));
    reviews.call(incident, later, "everybody", "where we are", "ada");
    reviews.call(incident, sooner, "Bob", "the disk", "ada");

    assertThat(reviews.calls(incident))
        .containsExactly(
            new Reviews.Call(sooner, "Bob", "the disk", "ada"),
            new Reviews.Call(later, "everybody", "where we are", "ada"));
    assertThat(noted()).containsSubsequence("A call at", "A call at");
  }

  private String noted() {
    StringBuilder noted = new StringBuilder();
    room.incidents.timeline(incident).forEach(entry -> noted.append(entry.text()).append('\n'));
    return noted.toString();
  }

  @Test
  void what_was_learned_is_written_once_and_may_be_written_anew() {
    assertThat(reviews.learned(incident)).isEmpty();
    reviews.learn(incident, "It was down.", "The disk was full.", "Bob came.", "", "ada");
    room.sleep(Duration.ofDays(1));
    reviews.learn(incident, "It was down.", "A log filled the disk.", "Bob came.", "Late.", "bob");

    assertThat(reviews.learned(incident))
        .contains(
            new Reviews.PostMortem(
                "It was down.", "A log filled the disk.", "Bob came.", "Late.", "bob", room.now()));
    assertThat(noted()).containsSubsequence("is written down", "is written down");
  }

  @Test
  void an_improvement_is_outstanding_until_somebody_says_it_is_made() {
    reviews.improve(incident, "Order a larger disk", "Ada", null, "ada");
    reviews.improve(incident, "Watch the disk", "Bob", LocalDate.of(2027, 1, 31), "ada");
    reviews.improve(incident, "Rotate logs", "Bob", LocalDate.of(2026, 12, 24), "ada");
    assertThat(reviews.outstanding())
        .extracting(Reviews.Improvement::text)
        .as("what is due first")
        .containsExactly("Rotate logs", "Watch the disk", "Order a larger disk");

    long first = reviews.improvements(incident).get(0).number();
    Instant made = room.now();
    reviews.done(first, "ada");
    room.sleep(Duration.ofHours(1));
    reviews.done(first, "bob");

    Reviews.Improvement done = reviews.improvements(incident).get(0);
    assertThat(done.doneBy()).isEqualTo("ada");
    assertThat(done.doneAt()).isEqualTo(made);
    assertThat(reviews.outstanding()).hasSize(2);
    assertThat(noted()).containsOnlyOnce("Improved: Order a larger disk");
  }

  @Test
  void each_incident_has_its_own() {
    String other = open("Another");
    reviews.learn(incident, "a", "b", "c", "d", "ada");
    reviews.improve(incident, "Order a larger disk", "Ada", null, "ada");
    reviews.call(incident, room.now(), "Bob", "the disk", "ada");

    assertThat(reviews.learned(other)).isEmpty();
    assertThat(reviews.improvements(other)).isEmpty();
    assertThat(reviews.calls(other)).isEmpty();
  }

  @Test
  void what_does_not_exist_is_named() {
    assertThatThrownBy(() -> reviews.learn("i-none", "a", "b", "c", "d", "ada"))
        .isInstanceOf(RunException.class)
        .hasMessage("There is no incident i-none.");
    assertThatThrownBy(() -> reviews.call("i-none", room.now(), "Bob", "it", "ada"))
        .hasMessage("There is no incident i-none.");
    assertThatThrownBy(() -> reviews.improve("i-none", "Less", "Bob", null, "ada"))
        .hasMessage("There is no incident i-none.");
    assertThatThrownBy(() -> reviews.done(404, "ada")).hasMessage("There is no improvement 404.");
    assertThat(reviews.outstanding()).isEmpty();
  }
}
