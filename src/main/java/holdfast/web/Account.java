package holdfast.web;

import java.time.Instant;

/**
 * Somebody who may sign in.
 *
 * @param initial the password was generated and never changed
 * @param stamp goes up with each change, so that sessions begun before it end
 */
public record Account(String name, Role role, boolean initial, long stamp, Instant createdAt) {}
