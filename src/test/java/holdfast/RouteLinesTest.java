package holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.catalog.Point;
import holdfast.catalog.Proof;
import holdfast.journal.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Whichever line of a route is lost: never a good point, never plaintext, never a passed proof. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteLinesTest {

  private static final Path BACKUP = Path.of("routes/backup/backup-run.camel.yaml");
  private static final Path CONFIRM = Path.of("routes/backup/backup-confirm.camel.yaml");
  private static final Path VERIFY = Path.of("routes/verify/verify-run.camel.yaml");
  private static final Path ASK = Path.of("routes/verify/verify-ask.camel.yaml");

  private House house;
  private Bucket bucket;

  @BeforeAll
  void start() {
    House.Wishes wishes = new House.Wishes();
    wishes.database = Sample.database();
    house = House.of(wishes).start();
    bucket = new Bucket(house);
  }

  @AfterAll
  void end() {
    house.close();
  }

  static Stream<Integer> backupLines() {
    return lines(BACKUP, "route");
  }

  static Stream<Integer> confirmLines() {
    return lines(CONFIRM, "routeTemplate");
  }

  static Stream<Integer> verifyLines() {
    return lines(VERIFY, "route");
  }

  static Stream<Integer> askLines() {
    return lines(ASK, "route");
  }

  @ParameterizedTest(name = "line {0}")
  @MethodSource("backupLines")
  void a_backup_route_without_one_line_never_makes_a_good_point(int line) throws Exception {
    int before = house.points().size();
    List<String> keys = bucket.keys();
    swap("backup-run", without(BACKUP, "route", line));
    try {
      Run run = house.backup();
      assertThat(run.state()).isEqualTo(Run.State.FAILED);
      assertThat(run.failure()).isNotBlank();
    } finally {
      swap("backup-run", Files.readString(BACKUP));
    }
    assertThat(house.points()).hasSize(before);
    assertThat(bucket.shows(Sample.CANARY)).isFalse();
    await("what it left to be taken back").until(() -> bucket.keys().equals(keys));
  }

  @ParameterizedTest(name = "line {0}")
  @MethodSource("confirmLines")
  void a_confirmation_without_one_line_never_makes_a_good_point(int line) throws Exception {
    int before = house.points().size();
    swapConfirmation(without(CONFIRM, "routeTemplate", line));
    try {
      assertThat(house.backup().state()).isEqualTo(Run.State.FAILED);
    } finally {
      swapConfirmation(Files.readString(CONFIRM));
    }
    assertThat(house.points()).hasSize(before);
  }

  @ParameterizedTest(name = "line {0}")
  @MethodSource("verifyLines")
  void a_proof_route_without_one_line_never_passes(int line) throws Exception {
    neverPasses("verify-run", VERIFY, line);
  }

  @ParameterizedTest(name = "line {0}")
  @MethodSource("askLines")
  void a_question_route_without_one_line_never_passes(int line) throws Exception {
    neverPasses("verify-ask", ASK, line);
  }

  private void neverPasses(String id, Path file, int line) throws Exception {
    assertThat(house.backup().failure()).isNull();
    String point = house.point().id();
    swap(id, without(file, "route", line));
    try {
      assertThat(house.verify(point).state()).isNotEqualTo(Run.State.SUCCEEDED);
    } finally {
      swap(id, Files.readString(file));
    }
    Point after = house.point();
    assertThat(after.state()).isNotEqualTo(Point.State.PROVEN);
    assertThat(after.proof() == null || after.proof().verdict() != Proof.Verdict.PASS).isTrue();
    await("the scratch to be gone").until(this::scratchIsGone);
  }

  private boolean scratchIsGone() {
    String[] left = house.home.resolve(".holdfast/scratch").toFile().list();
    return left == null || left.length == 0;
  }

  @Test
  void the_routes_as_shipped_make_a_good_point_that_never_shows_a_row() {
    assertThat(house.backup().failure()).isNull();
    assertThat(house.verify().failure()).isNull();
    assertThat(house.point().state()).isEqualTo(Point.State.PROVEN);
    assertThat(bucket.shows(Sample.CANARY)).isFalse();
  }

  private static Stream<Integer> lines(Path file, String kind) {
    return IntStream.range(0, steps(parsed(file), kind).size()).boxed();
  }

  private static List<Map<String, Object>> parsed(Path file) {
    try {
      return new Yaml().load(Files.readString(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Object> steps(List<Map<String, Object>> yaml, String kind) {
    Map<String, Object> at = (Map<String, Object>) yaml.get(0).get(kind);
    if (kind.equals("routeTemplate")) {
      at = (Map<String, Object>) at.get("route");
    }
    return (List<Object>) ((Map<String, Object>) at.get("from")).get("steps");
  }

  private static String without(Path file, String kind, int line) {
    List<Map<String, Object>> yaml = parsed(file);
    steps(yaml, kind).remove(line);
    DumperOptions block = new DumperOptions();
    block.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    return new Yaml(block).dump(yaml);
  }

  private void swap(String id, String text) throws Exception {
    CamelContext context = house.bean(CamelContext.class);
    remove(context, id);
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(ResourceHelper.fromString("mem:" + id + ".camel.yaml", text));
  }

  private static void remove(CamelContext context, String id) throws Exception {
    if (context.getRoute(id) != null) {
      context.getRouteController().stopRoute(id);
      context.removeRoute(id);
    }
    ModelCamelContext model = (ModelCamelContext) context;
    if (model.getRouteDefinition(id) != null) {
      model.removeRouteDefinition(model.getRouteDefinition(id));
    }
  }

  private void swapConfirmation(String text) throws Exception {
    CamelContext context = house.bean(CamelContext.class);
    remove(context, "backup-confirm-primary");
    context.removeRouteTemplates("backup-confirm");
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(ResourceHelper.fromString("mem:backup-confirm.camel.yaml", text));
    TemplatedRouteBuilder.builder(context, "backup-confirm")
        .routeId("backup-confirm-primary")
        .parameter("store", "primary")
        .parameter("bucket", house.bucket)
        .parameter("client", "#bean:s3-primary")
        .add();
  }
}
