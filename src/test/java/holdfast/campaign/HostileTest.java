package holdfast.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The long proofs about hostile input, for as long as a test may take. */
class HostileTest {

  private static final long NAMES = Long.getLong("holdfast.headers", 60);
  private static final long EVENTS = Long.getLong("holdfast.fuzz", 1000);

  @Test
  void no_header_reaches_a_route_by_any_way_in() throws Exception {
    Headers headers = new Headers();
    Map<String, Object> counted = headers.run(NAMES, 7);
    assertThat(headers.broken(counted)).as("%s", counted).isEmpty();
    assertThat((Integer) counted.get("harvested")).isGreaterThan(250);
  }

  @Test
  void wrong_events_break_neither_reader_nor_door() throws Exception {
    Fuzz fuzz = new Fuzz();
    Map<String, Object> counted = fuzz.run(EVENTS, 7);
    assertThat(fuzz.broken(counted)).as("%s", counted).isEmpty();
  }
}
