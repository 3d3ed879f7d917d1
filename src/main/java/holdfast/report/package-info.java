/** Objectives against actuals: what the page, the API and the command line show. */
@NullMarked
package holdfast.report;

import org.jspecify.annotations.NullMarked;
