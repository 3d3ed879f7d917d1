package holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartSizesTest {

  private static final long TIB = 1L << 40;

  @ParameterizedTest
  @ValueSource(
      longs = {Long.MIN_VALUE, -1, 0, 1, 1_500_000_000L, 100L << 30, TIB, 5 * TIB, Long.MAX_VALUE})
  void five_tebibytes_fit_whatever_was_expected(long expected) {
    PartSizes sizes = PartSizes.forExpected(expected);
    long room = 0;
    for (int part = 1; part <= PartSizes.MOST_PARTS; part++) {
      long size = sizes.ofPart(part);
      assertThat(size).isBetween(PartSizes.SMALLEST, PartSizes.LARGEST);
      assertThat(size).isGreaterThanOrEqualTo(sizes.ofPart(Math.max(1, part - 1)));
      room += size;
    }
    assertThat(room).isGreaterThanOrEqualTo(5 * TIB);
  }

  @ParameterizedTest
  @ValueSource(longs = {1_500_000_000L, 100L << 30, TIB, 5 * TIB})
  void a_right_estimate_needs_at_most_half_of_the_parts_all_equal(long expected) {
    PartSizes sizes = PartSizes.forExpected(expected);
    assertThat(sizes.base() * 5_000).isGreaterThanOrEqualTo(expected);
    assertThat(sizes.ofPart(5_000)).isEqualTo(sizes.base());
  }
}
