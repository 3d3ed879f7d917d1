package holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private static final Figures FIGURES =
      new Figures(3.6, 10, 45.1234, 9, 30, 29.7, 401.26, 410, 4.2, 300);

  @Test
  void the_document_has_exactly_the_names_that_others_rely_on() throws IOException {
    JsonNode document = new ObjectMapper().readTree(FIGURES.json());
    assertThat(document.fieldNames())
        .toIterable()
        .containsExactly(
            "floor_s",
            "tuned_s",
            "seed_s",
            "holdfast_s",
            "ratio_tuned",
            "speedup_seed",
            "ratio_restore",
            "peak_rss_mb",
            "peak_rss_6x_mb",
            "start_s",
            "idle_rss_mb");
    assertThat(document).allMatch(JsonNode::isNumber);
  }

  @Test
  void ratios_are_those_of_the_medians() {
    assertThat(FIGURES.ratioTuned()).isCloseTo(0.9, within(1e-9));
    assertThat(FIGURES.speedupSeed()).isCloseTo(5.0137, within(1e-3));
    assertThat(FIGURES.ratioRestore()).isCloseTo(0.99, within(1e-9));
  }

  @Test
  void the_median_is_the_middle_one_whatever_the_order() {
    assertThat(of(9, 1, 5).median()).isEqualTo(5);
    assertThat(of(4, 2).median()).isEqualTo(3);
    assertThat(of(9, 1, 5).best()).isEqualTo(1);
    assertThatThrownBy(() -> of().median()).hasMessageContaining("never measured");
  }

  @Test
  void the_peak_of_memory_is_the_kernels() throws IOException {
    assertThat(Memory.peak(List.of("VmPeak:\t 9 kB", "VmHWM:\t  2048 kB"))).isEqualTo(2);
    assertThat(Memory.peak(ProcessHandle.current().pid())).isGreaterThan(1);
  }

  @Test
  void the_plan_of_the_bench_is_the_shipped_one_without_what_would_disturb() throws IOException {
    String plan = Workshop.system(Files.readString(Path.of("systems/roleferry.yml")));
    assertThat(plan)
        .contains("after-backup: false")
        .doesNotContain("ops-email", "after-backup: true");
  }

  private static Seconds of(double... times) {
    Seconds seconds = new Seconds("some");
    for (double time : times) {
      seconds.add(time);
    }
    return seconds;
  }
}
