/** The act of proving a point: restore into scratch, then query the copy. */
@NullMarked
package holdfast.verify;

import org.jspecify.annotations.NullMarked;
