package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** A finding that came as JSON, as one line. */
final class FindingLine {

  private FindingLine() {}

  static String of(JsonNode finding) {
    String file = finding.path("file").isTextual() ? finding.path("file").asText() : "";
    int line = finding.path("line").asInt();
    String where = file.isEmpty() ? "" : line > 0 ? file + ":" + line + ": " : file + ": ";
    String level = finding.path("level").asText().equals("WARNING") ? "warning: " : "";
    return where + level + finding.path("what").asText() + " " + finding.path("fix").asText();
  }
}
