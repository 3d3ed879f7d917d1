package holdfast.verify;

import holdfast.catalog.Proof.Answer;
import holdfast.catalog.Proof.Verdict;
import holdfast.plan.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What answers are worth. Pure. */
final class Judgement {

  /** Name of the answer that Holdfast asks for by itself. */
  static final String EVERY_TABLE = "rows of every table";

  /**
   * A verdict and why.
   *
   * @param reason empty for PASS
   */
  record Ruling(Verdict verdict, String reason) {}

  private Judgement() {}

  /** Compares a number with what the plan expects, and with the rows counted in the dump. */
  static Answer answer(Verification.Query query, long got, Map<String, Long> rows) {
    List<String> expected = new ArrayList<>();
    boolean pass = true;
    if (query.table() != null) {
      Long counted = rows.get(query.table());
      if (counted == null) {
        return unanswered(
            query.name(),
            "the dump counted no table %s to compare with; name one that holds rows itself and is no extension's"
                .formatted(query.table()));
      }
      expected.add("= " + counted + ", as in the dump");
      pass = got == counted;
    }
    if (query.equal() != null) {
      expected.add("= " + query.equal());
      pass &= got == query.equal();
    }
    if (query.min() != null) {
      expected.add("at least " + query.min());
      pass &= got >= query.min();
    }
    if (query.max() != null) {
      expected.add("at most " + query.max());
      pass &= got <= query.max();
    }
    String words = expected.isEmpty() ? "any number" : String.join(", ", expected);
    return new Answer(query.name(), words, got, pass, null);
  }

  /** A question that got no number. */
  static Answer unanswered(String query, String problem) {
    return new Answer(query, "a number", null, false, problem);
  }

  /** Compares the restored copy's own counts with the dump's, table by table. */
  static Answer everyTable(Map<String, Long> dumped, Map<String, Long> restored) {
    List<String> differing =
        dumped.keySet().stream()
            .filter(table -> !dumped.get(table).equals(restored.get(table)))
            .sorted()
            .toList();
    String problem = null;
    if (!differing.isEmpty()) {
      String first = differing.get(0);
      problem =
          "%s has %s rows where the dump has %d%s"
              .formatted(
                  first,
                  restored.containsKey(first) ? restored.get(first) : "no",
                  dumped.get(first),
                  differing.size() == 1
                      ? ""
                      : ", and %d more differ".formatted(differing.size() - 1));
    }
    return new Answer(
        EVERY_TABLE,
        "= %d tables with as many rows as in the dump".formatted(dumped.size()),
        (long) dumped.size() - differing.size(),
        differing.isEmpty(),
        problem);
  }

  /**
   * The verdict. A wrong number is a FAIL, whatever else is missing; a question without an answer,
   * or no question at all, can never be a PASS.
   */
  static Ruling rule(List<Verification.Query> asked, List<Answer> answers) {
    for (Answer answer : answers) {
      if (!answer.pass() && answer.got() != null) {
        return new Ruling(Verdict.FAIL, wrong(answer));
      }
    }
    for (Answer answer : answers) {
      if (!answer.pass()) {
        return couldNot(
            "The query '%s' got no answer: %s.".formatted(answer.query(), bare(answer.problem())));
      }
    }
    if (asked.isEmpty()) {
      return couldNot(
          "The plan asks nothing of this copy; add verification.queries with what you expect.");
    }
    List<String> names = new ArrayList<>(asked.stream().map(Verification.Query::name).toList());
    names.add(EVERY_TABLE);
    for (String name : names) {
      if (answers.stream().noneMatch(answer -> answer.query().equals(name))) {
        return couldNot(
            "'%s' was never asked of the copy; restore the missing step of the proof route."
                .formatted(name));
      }
    }
    return new Ruling(Verdict.PASS, "");
  }

  private static String wrong(Answer answer) {
    String problem = answer.problem();
    return problem != null
        ? "%s: %s.".formatted(answer.query(), problem)
        : "%s is %d, expected %s.".formatted(answer.query(), answer.got(), answer.expected());
  }

  private static String bare(@Nullable String problem) {
    String text = problem == null ? "no reason was given" : problem.strip();
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  private static Ruling couldNot(String reason) {
    return new Ruling(Verdict.COULD_NOT_VERIFY, reason);
  }
}
