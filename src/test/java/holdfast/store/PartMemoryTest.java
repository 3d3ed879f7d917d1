package holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Memory that serves one upload after another never carries one's bytes into another. */
class PartMemoryTest {

  private static final int SIZE = 2 * Chunks.BYTES;

  private final Chunks chunks = new Chunks(8L * Chunks.BYTES);

  @Test
  void an_ended_part_serves_the_next_one() throws IOException {
    MemoryPart first = filled(1);
    first.close();
    assertThat(chunks.spare()).isEqualTo(2);
    MemoryPart second = filled(2);
    assertThat(chunks.spare()).isZero();
    try (var in = second.open()) {
      assertThat(in.readAllBytes()).containsOnly(2).hasSize(SIZE);
    }
  }

  @Test
  void a_part_that_somebody_may_still_write_to_is_never_handed_on() throws IOException {
    MemoryPart dropped = filled(1);
    dropped.drop();
    assertThat(chunks.spare()).isZero();
    MemoryPart other = filled(2);
    dropped.write(new byte[Chunks.BYTES], 0, Chunks.BYTES);
    try (var in = other.open()) {
      assertThat(in.readAllBytes()).containsOnly(2);
    }
  }

  @Test
  void what_is_kept_for_later_is_bounded() {
    Chunks few = new Chunks(Chunks.BYTES);
    few.giveBack(new byte[Chunks.BYTES]);
    few.giveBack(new byte[Chunks.BYTES]);
    assertThat(few.spare()).isEqualTo(1);
    few.take();
    few.take();
    assertThat(few.spare()).isZero();
  }

  private MemoryPart filled(int with) {
    MemoryPart part = new MemoryPart(chunks);
    byte[] bytes = new byte[SIZE];
    java.util.Arrays.fill(bytes, (byte) with);
    part.write(bytes, 0, SIZE);
    return part;
  }
}
