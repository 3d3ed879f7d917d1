/**
 * Bytes in motion: count, hash, compress, seal, open and watch, as layers over streams; and the
 * keys.
 */
@NullMarked
package holdfast.stream;

import org.jspecify.annotations.NullMarked;
