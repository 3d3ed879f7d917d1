/** A thing protected: dumps itself to a stream and loads itself back. */
@NullMarked
package holdfast.source;

import org.jspecify.annotations.NullMarked;
