/** Real servers and settable parts that the tests, the demo and the bench share. */
@NullMarked
package holdfast.harness;

import org.jspecify.annotations.NullMarked;
