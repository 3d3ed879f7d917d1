package holdfast.plan;

import java.nio.file.Path;

/** The folder that holds {@code application.yml}, {@code routes/} and {@code systems/}. */
public record Home(Path folder) {

  public Path application() {
    return folder.resolve("application.yml");
  }

  public Path routes() {
    return folder.resolve("routes");
  }

  public Path systems() {
    return folder.resolve("systems");
  }

  /** State of this host, never shared: the private journal, tokens, locks. */
  public Path state() {
    return folder.resolve(".holdfast");
  }
}
