/**
 * Recovery points and their copies, written beside the data first, so that a bare bucket explains
 * itself.
 */
@NullMarked
package holdfast.catalog;

import org.jspecify.annotations.NullMarked;
