package holdfast.cloud;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something in AWS, as the plan wants it or as it was found.
 *
 * @param fields in words, in the order in which people should read them
 * @param owner the system that its tag names; absent where it has no such tag
 */
record Thing(String name, Map<String, String> fields, @Nullable String owner) {}
