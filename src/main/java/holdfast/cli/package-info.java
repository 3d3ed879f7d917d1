/**
 * The command line: a light client of a running service, or the whole of Holdfast when there is
 * none.
 */
@NullMarked
package holdfast.cli;

import org.jspecify.annotations.NullMarked;
