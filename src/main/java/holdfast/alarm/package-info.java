/** Inbound events, guarded and turned into typed alarms; own probes; detectors of absence. */
@NullMarked
package holdfast.alarm;

import org.jspecify.annotations.NullMarked;
