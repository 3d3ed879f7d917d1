package holdfast.campaign;

import java.util.List;
import java.util.Map;

/** One long proof. */
interface Trial {

  /**
   * Carries it out.
   *
   * @param runs how often; what one is, the trial says
   * @param seed of everything random, so that a failure can be repeated
   * @return what was counted and measured, by name, in the order to be shown
   */
  Map<String, Object> run(long runs, long seed) throws Exception;

  /** One sentence for each promise that {@code counted} breaks; empty when all are kept. */
  List<String> broken(Map<String, Object> counted);

  /** How many runs the published figure rests on. */
  long runs();

  /** What one run is, for the help text. */
  String words();
}
