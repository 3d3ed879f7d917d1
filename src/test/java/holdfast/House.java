package holdfast;

import static org.awaitility.Awaitility.await;

import holdfast.camel.Starter;
import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.harness.Postgres;
import holdfast.harness.Receiver;
import holdfast.harness.S3Server;
import holdfast.journal.Run;
import holdfast.journal.Runs;
import holdfast.plan.AssetId;
import holdfast.stream.KeyMaker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A whole installation in a temporary home folder, on the real parts of the tests: files, keys,
 * routes as shipped, and, once started, the application.
 */
final class House implements AutoCloseable {

  static final AssetId ASSET = AssetId.parse("roleferry/database");
  static final Receiver SLACK = Receiver.start();
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  final Path home;
  final String bucket;
  final S3Server s3 = S3Server.shared();
  private ConfigurableApplicationContext context;

  /** What a test may want otherwise in the operator's files; the defaults are all well. */
  static final class Wishes {
    String database = "absent";
    String connectionName = "prod";
    List<String> moreAssets = new ArrayList<>();
    String bucket = "house-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    String connection = socket(Postgres.cluster().user(), "");
    String extraConnections = "";
    String queries = "";
    String scratch = "";
    String slack = SLACK.at("/slack").toString();
    String channels = "ops-slack: {kind: slack, webhook: {file: slack.url}}";
    String channelNames = "ops-slack";
    String stores = "";
    String storeNames = "primary";
    int requiredCopies = 1;
    String afterBackup = "false";
    boolean makeBucket = true;
    boolean opening = true;
    String recipients = "operations";
    String extraRecipients = "";
    String keys = "";
    String s3Endpoint = S3Server.shared().endpoint().toString();
  }

  private House(Path home, String bucket) {
    this.home = home;
    this.bucket = bucket;
  }

  /** A connection over the test server's socket. */
  static String socket(String user, String password) {
    return "{host: %s, user: %s, sslmode: disable%s}"
        .formatted(
            Postgres.cluster().socketFolder(),
            user,
            password.isEmpty() ? "" : ", password: {file: " + password + "}");
  }

  static House of(Wishes wishes) {
    try {
      Path home = Files.createTempDirectory("holdfast-house");
      House house = new House(home, wishes.bucket);
      if (wishes.makeBucket) {
        house.s3.bucket(wishes.bucket);
      }
      house.keys();
      copy(Path.of("routes"), home.resolve("routes"));
      Files.writeString(home.resolve("application.yml"), HouseFiles.application(wishes, house.s3));
      Files.writeString(home.resolve("slack.url"), wishes.slack);
      Files.setPosixFilePermissions(
          home.resolve("slack.url"), PosixFilePermissions.fromString("rw-------"));
      Files.createDirectories(home.resolve("systems"));
      Files.writeString(home.resolve("systems/roleferry.yml"), HouseFiles.system(wishes));
      return house;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keys() {
    for (String name : List.of("operations", "signing")) {
      Path passphrase = home.resolve("keys").resolve(name + ".passphrase");
      KeyMaker.make(
          home.resolve("keys"),
          name,
          name.equals("signing") ? KeyMaker.Use.SIGN : KeyMaker.Use.ENCRYPT,
          KeyMaker.newPassphrase(passphrase),
          Clock.systemUTC().instant());
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  /** As the command does when no service runs: no schedules, and free ports. */
  House start(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--holdfast.alone=true"));
    all.addAll(Arrays.asList(arguments));
    return serve(all.toArray(String[]::new));
  }

  /** As the service, on free ports. */
  House serve(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--server.port=0", "--management.server.port=-1"));
    all.addAll(Arrays.asList(arguments));
    try {
      context = Application.start(home, all.toArray(String[]::new));
      return this;
    } catch (RuntimeException e) {
      throw new IllegalStateException(StartFailure.of(e).lines().toString(), e);
    }
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  String property(String name) {
    return context.getEnvironment().getProperty(name);
  }

  /** Backs up and waits for the end of the run. */
  Run backup() {
    return backup(ASSET);
  }

  Run backup(AssetId asset) {
    return ended(bean(Starter.class).backup(asset, "cli", "tester"));
  }

  Run verify(String point) {
    return ended(bean(Starter.class).verify(point, "tester"));
  }

  /** Proves the newest point and waits for the end of the run. */
  Run verify() {
    return verify("latest:" + ASSET);
  }

  Run restore(String target) {
    return ended(bean(Starter.class).restore("latest:" + ASSET, target, "tester"));
  }

  Run ended(String runId) {
    return ended(runId, PATIENCE);
  }

  Run ended(String runId, Duration patience) {
    Runs runs = bean(Runs.class);
    return await("the end of " + runId)
        .atMost(patience)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> runs.find(runId).filter(Run::over), java.util.Optional::isPresent)
        .orElseThrow();
  }

  Point point() {
    return bean(Catalog.class).points(ASSET, 1).get(0);
  }

  List<Point> points() {
    return bean(Catalog.class).points(ASSET, 100);
  }

  String text(String file) throws IOException {
    return Files.readString(home.resolve(file), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    if (context != null) {
      context.close();
    }
    try (Stream<Path> files = Files.walk(home)) {
      files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // what a server still writes in its last moment is left to the machine
    }
  }
}
