/** The bench: Holdfast beside what a person would run by hand, on the same database and servers. */
@NullMarked
package holdfast.bench;

import org.jspecify.annotations.NullMarked;
