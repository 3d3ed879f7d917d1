package holdfast.plan;

import java.util.List;

/** Reads any secret that a plan refers to, from whichever source keeps its kind. */
public final class Secrets {

  private final List<SecretSource> sources;

  public Secrets(List<SecretSource> sources) {
    this.sources = List.copyOf(sources);
  }

  /** Reads the secret that {@code ref} names. */
  public Secret read(SecretRef ref) {
    return sources.stream()
        .filter(source -> source.kind() == ref.kind())
        .findFirst()
        .orElseThrow(
            () -> new SecretMissingException("No source reads secrets of kind " + ref.kind() + "."))
        .read(ref);
  }
}
