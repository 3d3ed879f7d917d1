package holdfast;

import holdfast.plan.Checks;
import holdfast.plan.PlanLoader;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Makes all checks once, after the start and beside the work, and writes what they find to the log:
 * a bucket, a mail server or a database that is out of reach is known before the first backup.
 */
final class FirstLook implements ApplicationListener<ApplicationReadyEvent>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FirstLook.class);

  private final Checks checks;
  private final PlanLoader.Loaded loaded;
  private final Consumer<String> log;
  private final Thread thread = new Thread(this::look, "first-look");
  private volatile boolean ended;

  FirstLook(Checks checks, PlanLoader.Loaded loaded) {
    this(checks, loaded, line -> LOG.warn("{}", line));
  }

  FirstLook(Checks checks, PlanLoader.Loaded loaded, Consumer<String> log) {
    this.checks = checks;
    this.loaded = loaded;
    this.log = log;
    thread.setDaemon(true);
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent ready) {
    begin();
  }

  void begin() {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
  }

  private void look() {
    try {
      say(checks.findings(loaded).stream().map(Object::toString).toList());
    } catch (RuntimeException failed) {
      say(List.of("The checks after the start broke off: " + failed.getMessage()));
    }
  }

  /** A check that the end of the service cut off has nothing to say. */
  private void say(List<String> lines) {
    for (String line : lines) {
      if (!ended) {
        log.accept(line.replaceAll("\\s+", " "));
      }
    }
  }

  @Override
  public void close() {
    ended = true;
    thread.interrupt();
  }
}
