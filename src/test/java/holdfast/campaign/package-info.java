/**
 * The long proofs: thousands of kills, races, floods and hostile inputs, each with a seed that
 * repeats it. {@code bin/campaign} runs them in full, the tests in short.
 */
@NullMarked
package holdfast.campaign;

import org.jspecify.annotations.NullMarked;
