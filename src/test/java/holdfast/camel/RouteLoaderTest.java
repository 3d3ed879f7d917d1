package holdfast.camel;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.camel.Instances.Wanted;
import holdfast.camel.RouteFiles.RouteFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The files are still being loaded when the first timer asks for the plan's routes. */
class RouteLoaderTest {

  private static final int MANY = 100;

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final RouteLoader loader = new RouteLoader(camel);

  @BeforeEach
  void start() {
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void files_and_routes_of_the_plan_come_in_at_the_same_time() throws Exception {
    loader.add(
        file(
            "template",
            """
            - routeTemplate:
                id: made
                parameters:
                  - name: queue
                from:
                  uri: "direct:{{queue}}"
                  steps:
                    - log: made
            """));
    List<Wanted> wanted =
        IntStream.range(0, MANY)
            .mapToObj(
                i -> new Wanted("made-" + i, "made", Map.<String, Object>of("queue", "q" + i)))
            .toList();
    Instances instances = new Instances(loader, () -> wanted);
    CompletableFuture<Void> timer = CompletableFuture.runAsync(instances::open);

    List<String> loaded = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      loaded.addAll(loader.add(file("file" + i, route("loaded-" + i))).routes());
    }
    timer.join();

    assertThat(loaded)
        .as("each file brings its own route, and no route of the plan")
        .containsExactlyElementsOf(IntStream.range(0, MANY).mapToObj(i -> "loaded-" + i).toList());
    assertThat(instances.of(loader.templates())).hasSize(MANY);
    assertThat(camel.getRoutes()).hasSize(2 * MANY);
  }

  private static RouteFile file(String name, String text) {
    return new RouteFile(Path.of("routes", name + ".camel.yaml"), text);
  }

  private static String route(String id) {
    return """
        - route:
            id: %1$s
            from:
              uri: direct:%1$s
              steps:
                - log: loaded
        """
        .formatted(id);
  }
}
