/** The AWS control plane through the AWS SDK; secrets, and the alarms that the plan wants there. */
@NullMarked
package holdfast.cloud;

import org.jspecify.annotations.NullMarked;
