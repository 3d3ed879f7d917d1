package holdfast.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the bench found: seconds, ratios of medians, and mebibytes of resident memory.
 *
 * @param restoreTuned median of the hand-written restore; shown as {@code ratio_restore} only
 * @param restoreHoldfast median of Holdfast's
 * @param start from the command to the page's first answer, best of three
 */
record Figures(
    double floor,
    double tuned,
    double seed,
    double holdfast,
    double restoreTuned,
    double restoreHoldfast,
    double peakRss,
    double peakRss6x,
    double start,
    double idleRss) {

  private static final int DIGITS = 3;

  double ratioTuned() {
    return holdfast / tuned;
  }

  double speedupSeed() {
    return seed / holdfast;
  }

  double ratioRestore() {
    return restoreHoldfast / restoreTuned;
  }

  /** By the names that others rely on, in their order. */
  Map<String, BigDecimal> named() {
    Map<String, BigDecimal> all = new LinkedHashMap<>();
    all.put("floor_s", rounded(floor));
    all.put("tuned_s", rounded(tuned));
    all.put("seed_s", rounded(seed));
    all.put("holdfast_s", rounded(holdfast));
    all.put("ratio_tuned", rounded(ratioTuned()));
    all.put("speedup_seed", rounded(speedupSeed()));
    all.put("ratio_restore", rounded(ratioRestore()));
    all.put("peak_rss_mb", rounded(peakRss));
    all.put("peak_rss_6x_mb", rounded(peakRss6x));
    all.put("start_s", rounded(start));
    all.put("idle_rss_mb", rounded(idleRss));
    return all;
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_UP);
  }

  String json() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode document = mapper.createObjectNode();
    named().forEach(document::put);
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document);
  }

  String words() {
    StringBuilder lines = new StringBuilder();
    named().forEach((name, value) -> lines.append("%-15s %9s%n".formatted(name, value)));
    return lines.toString();
  }
}
