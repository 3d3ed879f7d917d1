/** The act of bringing a point back, only into a target proven safe. */
@NullMarked
package holdfast.restore;

import org.jspecify.annotations.NullMarked;
