/** Pages and REST, behind a login. */
@NullMarked
package holdfast.web;

import org.jspecify.annotations.NullMarked;
