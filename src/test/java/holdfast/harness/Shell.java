package holdfast.harness;

import holdfast.process.PrivateCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs what a person would type, in bash, where a pipeline fails when any of its programs does.
 *
 * @param environment on top of this process's own
 */
public record Shell(Map<String, String> environment) {

  public Shell {
    environment = Map.copyOf(environment);
  }

  /** A shell whose PostgreSQL programs reach {@code cluster} as its superuser. */
  public static Shell of(PrivateCluster cluster) {
    return new Shell(
        Map.of(
            "PGHOST", cluster.socketFolder().toString(),
            "PGPORT", String.valueOf(cluster.port()),
            "PGUSER", cluster.user()));
  }

  /** The same with more in its environment. */
  public Shell with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    return new Shell(all);
  }

  /** Runs {@code script} to its end; what it prints is dropped, what it complains of is shown. */
  public void run(String script) throws IOException, InterruptedException {
    end(builder(script).redirectOutput(ProcessBuilder.Redirect.DISCARD).start(), script);
  }

  /** What {@code script} prints, without the last line's end. */
  public String read(String script) throws IOException, InterruptedException {
    Process process = builder(script).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    end(process, script);
    return said.strip();
  }

  private ProcessBuilder builder(String script) {
    ProcessBuilder builder =
        new ProcessBuilder(List.of("bash", "-o", "errexit", "-o", "pipefail", "-c", script));
    builder.environment().putAll(environment);
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  private static void end(Process process, String script) throws IOException, InterruptedException {
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException("ended with %d: %s".formatted(code, script));
    }
  }
}
