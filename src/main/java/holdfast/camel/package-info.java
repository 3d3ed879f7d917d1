/** The only door to Camel: named beans, route loading, checking and reload. */
@NullMarked
package holdfast.camel;

import org.jspecify.annotations.NullMarked;
