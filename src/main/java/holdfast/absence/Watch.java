package holdfast.absence;

import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * One absence that is looked for.
 *
 * @param name such as {@code freshness}
 * @param what it looks for, as one short sentence
 * @param every how often it looks
 * @param look looks once, tells of what it finds, and says how much that was
 */
public record Watch(String name, String what, Duration every, IntSupplier look) {

  /** How often a watch looks that asks the journal alone. */
  public static final Duration OFTEN = Duration.ofSeconds(25);
}
