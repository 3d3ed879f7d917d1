package holdfast.store;

/**
 * How large each part of an upload is, fixed before the first byte: the parts that the estimate
 * asks for, and from part 5,001 on sizes that double every 500 parts, so that any object that S3
 * can hold fits in 10,000 parts, however wrong the estimate.
 *
 * @param base bytes of the first 5,000 parts
 */
record PartSizes(long base) {

  static final long MIB = 1L << 20;
  static final long SMALLEST = 16 * MIB;
  static final long LARGEST = 5L << 30;
  static final int MOST_PARTS = 10_000;
  private static final int EQUAL_PARTS = 5_000;
  private static final int PARTS_PER_DOUBLING = 500;

  /** Sizes for an object of about {@code expectedBytes}: half of the 9,000 parts suffice for it. */
  static PartSizes forExpected(long expectedBytes) {
    long share = Math.max(0, expectedBytes) / 9_000 * 2;
    long wholeMib = (share + MIB - 1) / MIB * MIB;
    return new PartSizes(Math.min(LARGEST, Math.max(SMALLEST, wholeMib)));
  }

  /** Bytes of part {@code number}, which counts from 1. */
  long ofPart(int number) {
    if (number <= EQUAL_PARTS) {
      return base;
    }
    int doublings = (number - EQUAL_PARTS - 1) / PARTS_PER_DOUBLING + 1;
    return Math.min(LARGEST, base << doublings);
  }
}
