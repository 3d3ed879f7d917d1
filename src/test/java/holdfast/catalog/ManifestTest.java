package holdfast.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import holdfast.harness.SamplePlan;
import holdfast.journal.Code;
import holdfast.journal.Run;
import holdfast.journal.RunException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {

  private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");
  private static final Manifest MANIFEST = Shelf.manifest(SamplePlan.asset(), run(), NOW);

  @Test
  void its_bytes_are_stable_and_read_back_whole() {
    assertThat(Manifest.parse(MANIFEST.json(), "p")).isEqualTo(MANIFEST);
    assertThat(text())
        .startsWith(
            "{\n  \"schema\" : 1,\n  \"point\" : \"p\",\n  \"asset\" : \"roleferry/database\"")
        .contains("\"startedAt\" : \"2026-11-21T02:00:00Z\"")
        .endsWith("}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"token\" : 4,|",
        "\"token\" : 4|\"token\" : null",
        "\"token\" : 4|\"token\" : 4, \"more\" : 1",
        "\"token\" : 4|\"token\" : 4, \"token\" : 5",
        "\"plain\"|\"plane\"",
        "\"ZSTD\"|\"LZ4\"",
        "2026-11-21T02:00:00Z|yesterday"
      })
  void anything_unknown_missing_or_doubled_refuses_the_whole(String text, String instead) {
    String changed = text().replace(text, instead == null ? "" : instead);
    assertThat(changed).isNotEqualTo(text());

    assertCode(Code.CORRUPT, changed);
  }

  @Test
  void bytes_behind_the_end_refuse_the_whole() {
    assertCode(Code.CORRUPT, text() + "{}");
    assertCode(Code.CORRUPT, "");
    assertCode(Code.CORRUPT, "[]");
  }

  @Test
  void another_schema_is_named() {
    assertCode(Code.INVALID, text().replace("\"schema\" : 1", "\"schema\" : 2"));
    assertThatThrownBy(
            () ->
                Manifest.parse(
                    "{\"schema\":9,\"new\":1}".getBytes(StandardCharsets.UTF_8), "point x"))
        .hasMessageContainingAll("point x", "schema 9");
  }

  private static void assertCode(Code code, String text) {
    assertThatThrownBy(() -> Manifest.parse(text.getBytes(StandardCharsets.UTF_8), "p"))
        .asInstanceOf(type(RunException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  private static String text() {
    return new String(MANIFEST.json(), StandardCharsets.UTF_8);
  }

  private static Run run() {
    return new Run(
        "p",
        Run.Kind.BACKUP,
        SamplePlan.DATABASE,
        Run.State.RUNNING,
        "cli",
        "ada",
        null,
        4,
        null,
        NOW,
        null,
        null,
        null,
        null);
  }
}
