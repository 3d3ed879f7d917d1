/**
 * What the operator declared, as validated immutable records, and the small interfaces that other
 * rooms implement.
 */
@NullMarked
package holdfast.plan;

import org.jspecify.annotations.NullMarked;
