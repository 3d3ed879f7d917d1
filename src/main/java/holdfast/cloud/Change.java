package holdfast.cloud;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing in AWS against what the plan wants of it.
 *
 * @param name its whole name there
 * @param differences empty where there is nothing to do
 * @param note what else a person should know; absent where all is plain
 * @param outcome absent where nothing was to be applied
 */
public record Change(
    Kind kind,
    String name,
    State state,
    List<Difference> differences,
    @Nullable String note,
    @Nullable Outcome outcome) {

  /** What kind of thing. */
  public enum Kind {
    QUEUE,
    RULE,
    SUBSCRIPTION,
    ALARM;

    public String words() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How it stands. */
  public enum State {
    /** There, and as wanted. */
    SAME,
    /** Not there. */
    CREATE,
    /** There, and different. */
    CHANGE,
    /** Ours, and no longer wanted: removed on request only. */
    OBSOLETE,
    /** Under a name of ours, made by somebody else, and not wanted: never touched. */
    FOREIGN,
    /** Wanted, but somebody else made one of that name: never touched. */
    TAKEN
  }

  /** What came of applying. */
  public enum Outcome {
    /** Written, and read back. */
    DONE,
    FAILED,
    /** Left alone because something before it failed. */
    NOT_TRIED
  }

  /**
   * One field that is not as wanted.
   *
   * @param found absent where there is nothing
   * @param wanted absent where it shall go
   */
  public record Difference(String field, @Nullable String found, @Nullable String wanted) {}

  /** Whether the plan is not met. */
  boolean isDrift() {
    return switch (state) {
      case CREATE, CHANGE, TAKEN -> outcome != Outcome.DONE;
      case OBSOLETE -> outcome == Outcome.FAILED || outcome == Outcome.NOT_TRIED;
      case SAME, FOREIGN -> false;
    };
  }

  Change with(Outcome came) {
    return new Change(kind, name, state, differences, note, came);
  }

  Change with(@Nullable String said) {
    return said == null ? this : new Change(kind, name, state, differences, said, outcome);
  }
}
