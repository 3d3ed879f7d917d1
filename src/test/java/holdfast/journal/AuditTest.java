package holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.harness.JournalNode;
import holdfast.harness.SettableClock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {

  private final SettableClock clock = SettableClock.at("2026-11-21T02:00:01.123456789Z");
  private JournalNode node;

  @BeforeEach
  void a_chain_of_five() {
    node = JournalNode.fresh(clock);
    for (int i = 1; i <= 5; i++) {
      node.audit().append("ada", "test.done", "thing " + i, Map.of("b", i, "a", "ü\n\"x\""));
    }
  }

  @Test
  void an_untouched_chain_is_whole() {
    assertThat(node.audit().verify()).isEqualTo(new Audit.Verdict(5, 0));
    assertThat(node.audit().newest(1).get(0).detail())
        .isEqualTo("{\"a\":\"ü\\n\\\"x\\\"\",\"b\":5}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit SET actor = 'bob'",
        "DELETE FROM audit WHERE entry = 5",
        "TRUNCATE audit"
      })
  void the_table_refuses_change(String change) {
    assertThatThrownBy(() -> node.sql(change)).hasMessageContaining("append-only");
    assertThat(node.audit().verify()).isEqualTo(new Audit.Verdict(5, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit SET actor = 'bob' WHERE entry = 3",
        "UPDATE audit SET action = 'test.undone' WHERE entry = 3",
        "UPDATE audit SET subject = 'thing 4' WHERE entry = 3",
        "UPDATE audit SET detail = replace(detail, '3', '4') WHERE entry = 3",
        "UPDATE audit SET at = at + interval '1 microsecond' WHERE entry = 3",
        "UPDATE audit SET hash = repeat('a', 64) WHERE entry = 3",
        "DELETE FROM audit WHERE entry = 3"
      })
  void a_change_behind_the_triggers_back_breaks_the_chain_at_that_entry(String change) {
    node.sql("ALTER TABLE audit DISABLE TRIGGER ALL", change);

    assertThat(node.audit().verify().brokenAt()).isEqualTo(3);
  }

  @Test
  void text_cannot_move_from_one_field_to_the_next() {
    node.sql(
        "ALTER TABLE audit DISABLE TRIGGER ALL",
        "UPDATE audit SET actor = 'ada' || E'\\n' || '9:test.done', action = '' WHERE entry = 2");

    assertThat(node.audit().verify().brokenAt()).isEqualTo(2);
  }

  @Test
  void an_entry_lives_and_dies_with_its_transaction() {
    assertThatThrownBy(
            () ->
                node.transaction()
                    .run(
                        () -> {
                          node.audit().append("ada", "test.done", "thing 6", Map.of());
                          throw new IllegalStateException("no");
                        }))
        .hasMessage("no");

    assertThat(node.audit().verify()).isEqualTo(new Audit.Verdict(5, 0));
  }
}
