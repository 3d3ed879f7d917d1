package holdfast.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program to run. Nothing is inherited from our own environment but what {@code environment}
 * names, and no shell is involved.
 *
 * @param program absolute
 * @param environment the whole environment of the child; secrets belong here or in a 0600 file,
 *     never in {@code arguments}
 * @param user run as this user (only where we are root); null = as ourselves
 * @param deadline the child's process tree is killed after it
 */
public record Command(
    Path program,
    List<String> arguments,
    Map<String, String> environment,
    @Nullable String user,
    Duration deadline) {}
