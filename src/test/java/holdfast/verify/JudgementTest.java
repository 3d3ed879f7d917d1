package holdfast.verify;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.Proof.Answer;
import holdfast.catalog.Proof.Verdict;
import holdfast.plan.Origin;
import holdfast.plan.Verification.Query;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgementTest {

  private static final Map<String, Long> DUMPED = Map.of("public.users", 3L, "public.jobs", 0L);
  private static final Query USERS = query(1L, null, null, "public.users");

  private static Query query(
      @Nullable Long min, @Nullable Long max, @Nullable Long equal, @Nullable String table) {
    return new Query(
        "users", "SELECT 1", min, max, equal, table, new Origin(Path.of("systems/a.yml"), 1));
  }

  @Test
  void an_answer_passes_only_when_every_expectation_holds() {
    assertThat(Judgement.answer(USERS, 3, DUMPED).pass()).isTrue();
    assertThat(Judgement.answer(USERS, 4, DUMPED).pass()).isFalse();
    assertThat(Judgement.answer(query(1L, 5L, null, null), 5, DUMPED).pass()).isTrue();
    assertThat(Judgement.answer(query(1L, 5L, null, null), 0, DUMPED).pass()).isFalse();
    assertThat(Judgement.answer(query(1L, 5L, null, null), 6, DUMPED).pass()).isFalse();
    assertThat(Judgement.answer(query(null, null, 2L, null), 2, DUMPED).pass()).isTrue();
    assertThat(Judgement.answer(query(null, null, 2L, null), 1, DUMPED).pass()).isFalse();
  }

  @Test
  void a_table_that_the_dump_never_counted_cannot_pass() {
    Answer answer = Judgement.answer(query(null, null, null, "public.nobody"), 0, DUMPED);
    assertThat(answer.pass()).isFalse();
    assertThat(answer.problem()).startsWith("the dump counted no table public.nobody");
    assertThat(Judgement.rule(List.of(USERS), List.of(answer)).verdict())
        .as("it says something about the question, not about the copy")
        .isEqualTo(Verdict.COULD_NOT_VERIFY);
  }

  @Test
  void expectations_are_told_in_words() {
    assertThat(Judgement.answer(USERS, 3, DUMPED).expected())
        .isEqualTo("= 3, as in the dump, at least 1");
  }

  @Test
  void every_table_must_have_the_rows_of_the_dump() {
    assertThat(Judgement.everyTable(DUMPED, DUMPED).pass()).isTrue();
    Answer lost = Judgement.everyTable(DUMPED, Map.of("public.users", 2L));
    assertThat(lost.pass()).isFalse();
    assertThat(lost.problem())
        .isEqualTo("public.jobs has no rows where the dump has 0, and 1 more differ");
  }

  @Test
  void a_wrong_number_fails_whatever_else_is_missing() {
    List<Answer> answers =
        List.of(Judgement.unanswered("other", "gone"), Judgement.answer(USERS, 4, DUMPED));
    assertThat(Judgement.rule(List.of(USERS), answers).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void a_question_without_an_answer_could_not_be_verified() {
    List<Answer> answers =
        List.of(
            Judgement.everyTable(DUMPED, DUMPED), Judgement.unanswered("users", "it timed out."));
    Judgement.Ruling ruling = Judgement.rule(List.of(USERS), answers);
    assertThat(ruling.verdict()).isEqualTo(Verdict.COULD_NOT_VERIFY);
    assertThat(ruling.reason()).isEqualTo("The query 'users' got no answer: it timed out.");
  }

  @Test
  void a_question_never_asked_could_not_be_verified() {
    assertThat(
            Judgement.rule(List.of(USERS), List.of(Judgement.everyTable(DUMPED, DUMPED))).verdict())
        .isEqualTo(Verdict.COULD_NOT_VERIFY);
    assertThat(
            Judgement.rule(List.of(USERS), List.of(Judgement.answer(USERS, 3, DUMPED))).verdict())
        .isEqualTo(Verdict.COULD_NOT_VERIFY);
  }

  @Test
  void no_question_at_all_is_no_proof() {
    assertThat(Judgement.rule(List.of(), List.of(Judgement.everyTable(DUMPED, DUMPED))).verdict())
        .isEqualTo(Verdict.COULD_NOT_VERIFY);
  }

  @Test
  void all_asked_and_all_as_expected_passes() {
    List<Answer> answers =
        List.of(Judgement.everyTable(DUMPED, DUMPED), Judgement.answer(USERS, 3, DUMPED));
    assertThat(Judgement.rule(List.of(USERS), answers))
        .isEqualTo(new Judgement.Ruling(Verdict.PASS, ""));
  }
}
