/** What everything else rests on, kept and tried: keys that open, copies of the audit elsewhere. */
@NullMarked
package holdfast.custody;

import org.jspecify.annotations.NullMarked;
