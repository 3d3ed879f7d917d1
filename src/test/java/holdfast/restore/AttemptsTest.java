package holdfast.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.catalog.Point;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which failures lead to the next copy. */
class AttemptsTest {

  private final List<Point.Copy> copies = List.of(copy("primary"), copy("shelf"), copy("attic"));
  private final List<String> tried = new ArrayList<>();

  @Test
  void any_trouble_with_a_copy_leads_to_the_next() {
    String store =
        Attempts.each(
            copies,
            trouble -> true,
            copy -> {
              tried.add(copy.store());
              if (tried.size() == 1) {
                throw new CopyTrouble(failure(Code.INVALID));
              }
              if (tried.size() == 2) {
                throw new CopyTrouble(failure(Code.DENIED));
              }
              return copy.store();
            });
    assertThat(store).isEqualTo("attic");
  }

  @Test
  void what_the_target_says_is_final() {
    for (Code code : Code.values()) {
      tried.clear();
      assertThatThrownBy(() -> all(failure(code))).hasMessage("No: " + code);
      assertThat(tried).as("after %s", code).containsExactly("primary");
    }
  }

  @Test
  void when_every_copy_fails_the_first_failure_is_told() {
    RunException failure = failure(Code.DENIED);
    assertThatThrownBy(() -> all(new CopyTrouble(failure))).isSameAs(failure);
    assertThat(tried).containsExactly("primary", "shelf", "attic");
  }

  private void all(RuntimeException e) {
    Attempts.each(
        copies,
        trouble -> true,
        copy -> {
          tried.add(copy.store());
          throw e;
        });
  }

  private static RunException failure(Code code) {
    return new RunException(code, "primary", false, "No: " + code);
  }

  private static Point.Copy copy(String store) {
    return new Point.Copy(store, "a/b", Point.State.GOOD);
  }
}
