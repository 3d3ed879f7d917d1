package holdfast.plan;

/** A part of a system with objectives of its own; P0 is recovered first. */
public record Component(
    String name, String description, Priority priority, Objectives objectives, Origin origin) {

  /** Impact classes in the order of recovery. */
  public enum Priority {
    P0,
    P1,
    P2,
    P3
  }
}
