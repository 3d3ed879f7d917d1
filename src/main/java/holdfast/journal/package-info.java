/** What happened: runs, leases and fencing tokens, the outbox, and the hash-chained audit. */
@NullMarked
package holdfast.journal;

import org.jspecify.annotations.NullMarked;
