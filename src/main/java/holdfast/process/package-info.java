/**
 * External programs: argument lists, own environment, streamed output, deadlines, and the whole
 * process tree ended.
 */
@NullMarked
package holdfast.process;

import org.jspecify.annotations.NullMarked;
