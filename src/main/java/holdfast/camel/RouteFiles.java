package holdfast.camel;

import holdfast.plan.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The route files below the home folder, as they are on disk now. */
final class RouteFiles {

  static final String ENDING = ".camel.yaml";

  /**
   * One file.
   *
   * @param path relative to the home folder
   */
  record RouteFile(Path path, String text) {

    /** The folder below {@code routes/}, which says what the file is for. */
    String folder() {
      return path.getNameCount() < 3 ? "" : path.getName(1).toString();
    }

    String name() {
      String file = path.getFileName().toString();
      return file.substring(0, file.length() - ENDING.length());
    }
  }

  /** Begin work by themselves, which a command that ends with its own would cut off. */
  private static final Set<String> OF_THE_SERVICE =
      Set.of(
          "trigger-proof",
          "trigger-sweep",
          "trigger-copy",
          "alarm-test",
          "retention-daily",
          "absence-heartbeat",
          "custody-drill",
          "custody-audit");

  private final Home home;
  private final boolean alone;

  /**
   * The files of a home.
   *
   * @param alone true where this process only runs one command
   */
  RouteFiles(Home home, boolean alone) {
    this.home = home;
    this.alone = alone;
  }

  /** The files that this process puts to work, in the order of {@link #read}. */
  List<RouteFile> wanted() {
    return read().stream().filter(file -> !alone || !OF_THE_SERVICE.contains(file.name())).toList();
  }

  /**
   * Every file, in the order they can be loaded: policies before the routes that follow them,
   * triggers after the routes they start. Follows links, because a mounted configuration is one;
   * names that begin with a dot are passed over.
   */
  List<RouteFile> read() {
    if (!Files.isDirectory(home.routes())) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(home.routes(), 4, FileVisitOption.FOLLOW_LINKS)) {
      List<RouteFile> files = new ArrayList<>();
      for (Path file : found.filter(this::isRoute).toList()) {
        files.add(new RouteFile(home.folder().relativize(file), Files.readString(file)));
      }
      files.sort(Comparator.comparingInt(RouteFiles::rank).thenComparing(RouteFile::path));
      return files;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private boolean isRoute(Path file) {
    for (Path part : home.routes().relativize(file)) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return file.getFileName().toString().endsWith(ENDING) && Files.isRegularFile(file);
  }

  private static int rank(RouteFile file) {
    return switch (file.folder()) {
      case "policy" -> 0;
      case "trigger" -> 2;
      default -> 1;
    };
  }
}
