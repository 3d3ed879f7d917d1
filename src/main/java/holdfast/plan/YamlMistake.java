package holdfast.plan;

import java.nio.file.Path;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Says in one sentence what a YAML parser objected to; never quotes the file, which may hold
 * secrets.
 */
final class YamlMistake {

  private YamlMistake() {}

  static Finding finding(Path file, String text, YAMLException e) {
    if (e instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      return marked(file, marked);
    }
    if (e instanceof ReaderException unreadable) {
      int line =
          (int) text.codePoints().limit(unreadable.getPosition()).filter(c -> c == '\n').count();
      return at(file, line + 1, "This line holds a control character.", "Delete it.");
    }
    return at(file, 0, "This file nests too deeply or repeats too much.", "Write it out plainly.");
  }

  private static Finding marked(Path file, MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    int line = e.getProblemMark().getLine() + 1;
    int opened = e.getContextMark() == null ? line : e.getContextMark().getLine() + 1;
    if (problem.contains("TAB")) {
      return at(file, line, "A tab stands where YAML allows only spaces.", "Indent with spaces.");
    }
    if (problem.contains("unexpected end of stream")) {
      return at(file, opened, "A quote opened on this line is never closed.", "Close it.");
    }
    if (problem.contains("expected ',' or")) {
      return at(file, opened, "A bracket opened on this line is never closed.", "Close it.");
    }
    if (problem.contains("mapping values are not allowed")) {
      return at(
          file,
          line,
          "A second colon stands on this line, or its indentation is wrong.",
          "Align it with its neighbours, or put the text in quotes.");
    }
    if (problem.contains("could not find expected ':'")
        || problem.contains("expected <block end>")) {
      return at(
          file,
          line,
          "This line does not fit the indentation above it, or lacks a colon.",
          "Align it with its neighbours.");
    }
    return rare(file, line, problem);
  }

  private static Finding rare(Path file, int line, String problem) {
    if (problem.contains("tag is not allowed")) {
      return at(
          file,
          line,
          "A YAML tag (a word with '!') stands here.",
          "Remove it: plans are plain data.");
    }
    if (problem.contains("undefined alias")) {
      return at(file, line, "This line repeats an anchor that does not exist.", "Write it out.");
    }
    if (problem.contains("but found another document")) {
      return at(file, line, "A second document starts here.", "Remove the line '---'.");
    }
    if (problem.contains("that cannot start any token")) {
      return at(
          file, line, "A value starts with a sign that YAML reserves.", "Put the value in quotes.");
    }
    return at(file, line, "This line is not YAML.", "Look at its quotes, colons and indentation.");
  }

  private static Finding at(Path file, int line, String what, String fix) {
    return new Finding(Finding.Level.ERROR, file, line, what, fix);
  }
}
