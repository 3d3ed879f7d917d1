/** Turns an outbox entry into words for a human and a channel; sending is a route. */
@NullMarked
package holdfast.notify;

import org.jspecify.annotations.NullMarked;
