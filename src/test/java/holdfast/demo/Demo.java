package holdfast.demo;

import holdfast.harness.Holdfast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * Runs the whole of Holdfast on this machine: backup, proof, messages; then serves until Ctrl-C.
 */
public final class Demo {

  private final Path folder;
  private final boolean once;

  private Demo(Path folder, boolean once) {
    this.folder = folder;
    this.once = once;
  }

  /** {@code [--once] [--dir DIR]}; ends with 0 only when the proof passed. */
  public static void main(String[] arguments) throws Exception {
    int dir = Arrays.asList(arguments).indexOf("--dir");
    Path folder = Path.of(dir < 0 ? "demo" : arguments[dir + 1]).toAbsolutePath().normalize();
    boolean once = Arrays.asList(arguments).contains("--once");
    System.exit(new Demo(folder, once).run());
  }

  private int run() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (World world = World.make(folder);
        Holdfast holdfast = Holdfast.serve(world.folder())) {
      say("Backing up roleferry/database, proving it, telling people …");
      Story story = Story.play(holdfast, world);
      Files.writeString(folder.resolve("summary.json"), story.json());
      say(story.words());
      say("Written: " + folder.resolve("summary.json"));
      if (!once) {
        stay(world, holdfast);
      }
      return story.passed() ? 0 : 1;
    }
  }

  private void stay(World world, Holdfast holdfast) throws IOException, InterruptedException {
    try (Inbox inbox = Inbox.open(world)) {
      say("");
      say("Page:   %s   (user admin, password %s)".formatted(holdfast.page(), holdfast.password()));
      say("Inbox:  %s   what people got".formatted(inbox.address()));
      say(
          "Routes: %s   edit one and see it go live, or be refused"
              .formatted(folder.resolve("routes")));
      say("Command: HOLDFAST_HOME=%s bin/holdfast status".formatted(folder));
      say("Ctrl-C ends everything.");
      new CountDownLatch(1).await();
    }
  }

  static void say(String line) {
    System.out.println(line);
  }
}
