package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What {@code holdfast status} says of probes. */
class ProbeTableTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private String print(String systems) throws JsonProcessingException {
    PrintStream screen = new PrintStream(out, true, StandardCharsets.UTF_8);
    new ProbeTable(new Terminal(screen, screen, false)).print(new ObjectMapper().readTree(systems));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void each_probe_and_each_component_has_its_line_and_a_share_is_never_rounded_up()
      throws JsonProcessingException {
    String said =
        print(
            """
            [{"probes": [
                {"system": "shop", "probe": "health", "state": "COULD_NOT_PROBE", "since": null,
                 "reason": "The variable X is not set."}],
              "availability": [
                {"system": "shop", "component": "web", "share": 0.9999999, "target": 0.999,
                 "unknown": "PT49H"},
                {"system": "shop", "component": "db", "share": null, "target": null,
                 "unknown": "PT0S"}]}]
            """);
    assertThat(said)
        .containsPattern("shop/health +COULD-NOT-PROBE .*The variable X is not set\\.")
        .containsPattern("shop/web +99\\.999% of 99\\.9% +2 d 1 h")
        .containsPattern("shop/db +- of - +0 s");
  }

  @Test
  void nothing_is_said_where_nothing_is_probed() throws JsonProcessingException {
    assertThat(print("[{\"probes\": [], \"availability\": []}]")).isEmpty();
  }
}
