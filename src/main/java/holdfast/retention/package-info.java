/** What is let go: a pure decision - keep, remove, why - and its careful execution. */
@NullMarked
package holdfast.retention;

import org.jspecify.annotations.NullMarked;
