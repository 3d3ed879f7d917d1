/** The act of making a recovery point. */
@NullMarked
package holdfast.backup;

import org.jspecify.annotations.NullMarked;
