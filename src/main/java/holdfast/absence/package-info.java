/** What should be there and is not: every watch, when it last looked, and our own sign of life. */
@NullMarked
package holdfast.absence;

import org.jspecify.annotations.NullMarked;
