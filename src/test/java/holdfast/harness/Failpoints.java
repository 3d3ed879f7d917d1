package holdfast.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Ends this process, as abruptly as {@code kill -9}, at a point that somebody named: a route's step
 * is about to begin, or the journal is about to commit or just has. What is reached is written to a
 * file, so that a first run lists the points and later runs die at each in turn.
 */
public final class Failpoints {

  private static final int KILLED = 137;

  private final Path reached;
  private final Path wanted;

  /** The step that each thread is in; empty outside of routes. */
  private final ThreadLocal<String> step = ThreadLocal.withInitial(() -> "");

  /**
   * Failpoints that read and write in {@code folder}: {@code reached} gets one line per point; the
   * process ends at the point whose line stands in {@code wanted}.
   */
  public Failpoints(Path folder) {
    this.reached = folder.resolve("reached");
    this.wanted = folder.resolve("wanted");
  }

  /** Arms the point of this name; one that ends with " in" is every such commit; "" arms none. */
  public void arm(String name) throws IOException {
    Files.writeString(wanted, name);
  }

  /** Whether the point that was armed is still to come. */
  public boolean armed() throws IOException {
    return Files.exists(wanted) && !Files.readString(wanted).isEmpty();
  }

  /** Everything reached since the last {@link #forget}. */
  public java.util.List<String> reached() throws IOException {
    return Files.exists(reached) ? Files.readAllLines(reached) : java.util.List.of();
  }

  public void forget() throws IOException {
    Files.deleteIfExists(reached);
  }

  /** Notes that this point is reached, and ends the process where it was wanted. */
  public synchronized void reach(String point) {
    try {
      if (!Files.exists(wanted)) {
        return;
      }
      Files.writeString(
          reached, point + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      String name = Files.readString(wanted);
      if (name.equals(point) || (name.endsWith(" in") && point.startsWith(name))) {
        Files.writeString(wanted, "");
        Runtime.getRuntime().halt(KILLED);
      }
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  /** Begins a step, which is a point; the one that this thread was in before. */
  String enter(String name) {
    String before = step.get();
    step.set(name);
    reach("step " + name);
    return before;
  }

  /** Ends a step. */
  void leave(String before) {
    step.set(before);
  }

  /**
   * A data source whose commits are points, named after the first statement that changed a row and
   * the step that it was made in.
   */
  DataSource around(DataSource journal) {
    return new DelegatingDataSource(journal) {
      @Override
      public Connection getConnection() throws SQLException {
        return watched(super.getConnection());
      }
    };
  }

  private Connection watched(Connection real) {
    StringBuilder changes = new StringBuilder();
    return (Connection)
        Proxy.newProxyInstance(
            Failpoints.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                note(changes, (String) arguments[0]);
              }
              boolean commit = method.getName().equals("commit") && !changes.isEmpty();
              String point = step.get().isEmpty() ? "" + changes : changes + " in " + step.get();
              if (commit) {
                reach("before commit of " + point);
              }
              Object answer = called(real, method, arguments);
              if (commit) {
                changes.setLength(0);
                reach("after commit of " + point);
              }
              return answer;
            });
  }

  private static Object called(Connection real, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException refused) {
      throw refused.getCause();
    }
  }

  private static void note(StringBuilder changes, String sql) {
    String[] words = sql.strip().split("[\\s(]+", 5);
    if (!changes.isEmpty() || words.length < 3) {
      return;
    }
    switch (words[0].toUpperCase(java.util.Locale.ROOT)) {
      case "INSERT" -> changes.append("INSERT ").append(words[2]);
      case "UPDATE" -> changes.append("UPDATE ").append(words[1]);
      default -> {}
    }
  }
}
