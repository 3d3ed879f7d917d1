/** The AWS control plane through the AWS SDK; today, secrets kept in Secrets Manager. */
@NullMarked
package holdfast.cloud;

import org.jspecify.annotations.NullMarked;
