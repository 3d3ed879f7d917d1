package holdfast.incident;

import holdfast.alarm.Alarm;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Notices that disks fill up on which Holdfast keeps something: its own state, and stores that are
 * folders. A bucket has no end.
 */
public final class DiskSpace {

  static final int FILLING = 80;
  static final int NEARLY_FULL = 95;

  /**
   * How much a file system holds.
   *
   * @param taken bytes that are in use
   * @param left bytes that may still be written by us; what is set aside for others is neither
   */
  record Space(long taken, long left) {

    /** As {@code df} reckons it: from 0 to 100, rounded down; 0 where the size is not known. */
    int percentTaken() {
      return taken + left <= 0 ? 0 : (int) (100.0 * taken / (taken + left));
    }
  }

  private final Map<String, Path> folders;
  private final Function<Path, Space> disks;
  private final Incidents incidents;
  private final InstantSource clock;

  /** What may have been too full when last looked at, also by the process before this one. */
  private final Set<String> full = ConcurrentHashMap.newKeySet();

  /**
   * A watch over the disks under these folders.
   *
   * @param folders by what they are, such as {@code store primary}
   */
  DiskSpace(
      Map<String, Path> folders,
      Function<Path, Space> disks,
      Incidents incidents,
      InstantSource clock) {
    this.folders = Map.copyOf(folders);
    this.disks = disks;
    this.incidents = incidents;
    this.clock = clock;
    full.addAll(folders.keySet());
  }

  /** Looks once; how many are too full. */
  public int look() {
    return (int) folders.keySet().stream().filter(this::isFull).count();
  }

  private boolean isFull(String what) {
    Space space = disks.apply(folders.get(what));
    Severity severity = severity(space.percentTaken());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    if (severity != null) {
      full.add(what);
      incidents.take(List.of(alarm(what, Alarm.State.FIRING, severity, text(space), now)));
    } else if (full.remove(what)) {
      incidents.take(List.of(alarm(what, Alarm.State.CLEARED, Severity.MEDIUM, "", now)));
    }
    return severity != null;
  }

  /** How bad that is; absent where it is not. Pure. */
  static @Nullable Severity severity(int percentTaken) {
    if (percentTaken >= NEARLY_FULL) {
      return Severity.HIGH;
    }
    return percentTaken >= FILLING ? Severity.MEDIUM : null;
  }

  private static String text(Space space) {
    return "%d %% of it are taken; %,.1f GB are left. Backups fail once it is full."
        .formatted(space.percentTaken(), space.left() / 1e9);
  }

  /**
   * Once an hour while it is too full, or once when it became worse; and once when it no longer is.
   */
  private static Alarm alarm(
      String what, Alarm.State state, Severity severity, String text, Instant now) {
    return OwnAlarms.watched(
        state == Alarm.State.FIRING
            ? "space-%s-%s-%s".formatted(what, severity, now.truncatedTo(ChronoUnit.HOURS))
            : "space-%s-%s".formatted(what, now),
        new OwnAlarms.Watched(
            "holdfast-space",
            severity,
            Situation.CAPACITY,
            new Alarm.Subject(null, null, null, what, "", ""),
            "The disk of %s fills up".formatted(what),
            "holdfast/space/" + what),
        state,
        text,
        now);
  }

  /** Of the file system under a folder, or under where it will be. */
  static Space of(Path folder) {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    try {
      FileStore disk = Files.getFileStore(there);
      return new Space(disk.getTotalSpace() - disk.getUnallocatedSpace(), disk.getUsableSpace());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
