/** Incidents, deduplication, acknowledgement, the escalation clock. */
@NullMarked
package holdfast.incident;

import org.jspecify.annotations.NullMarked;
