/** A place bytes rest: S3 or a directory, behind one contract. */
@NullMarked
package holdfast.store;

import org.jspecify.annotations.NullMarked;
