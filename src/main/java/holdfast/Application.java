package holdfast;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service: journal, routes, pages. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class Application {

  /** Starts the service and stays; when it cannot start, says why in one sentence and exits. */
  public static void main(String[] arguments) {
    try {
      start(homeFolder(), arguments);
    } catch (Throwable e) {
      StartFailure failure = StartFailure.of(e);
      failure.lines().forEach(System.err::println);
      System.exit(failure.exitCode());
    }
  }

  /**
   * Starts everything in {@code home}.
   *
   * @param arguments Spring's, such as {@code --server.port=0}; with {@code --holdfast.alone=true}
   *     no schedule starts
   */
  public static ConfigurableApplicationContext start(Path home, String... arguments) {
    Path folder = home.toAbsolutePath().normalize();
    List<String> all = new ArrayList<>();
    all.add("--holdfast.home=" + folder);
    all.add(
        "--spring.config.location=classpath:/,optional:file:" + folder.resolve("application.yml"));
    all.addAll(Arrays.asList(arguments));
    return new SpringApplicationBuilder(Application.class).run(all.toArray(String[]::new));
  }

  /** Where the operator's files are: {@code HOLDFAST_HOME}, or the working folder. */
  public static Path homeFolder() {
    String home = System.getProperty("holdfast.home", System.getenv("HOLDFAST_HOME"));
    return Path.of(home == null ? "" : home).toAbsolutePath().normalize();
  }
}
