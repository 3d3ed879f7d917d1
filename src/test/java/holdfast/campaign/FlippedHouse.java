package holdfast.campaign;

import static org.awaitility.Awaitility.await;

import holdfast.Application;
import holdfast.camel.Starter;
import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.harness.S3Server;
import holdfast.journal.Code;
import holdfast.journal.Run;
import holdfast.journal.Runs;
import holdfast.plan.AssetId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole service whose stored objects are changed between a backup and its proof. */
final class FlippedHouse implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Set<Code> DAMAGE = EnumSet.of(Code.CORRUPT, Code.TRUNCATED);
  private static final Set<Point.State> WHOLE = EnumSet.of(Point.State.GOOD, Point.State.PROVEN);

  private final Depot depot = new Depot(S3Server.shared().endpoint(), "shelf", false);
  private final ConfigurableApplicationContext application =
      Application.start(
          depot.home, "--holdfast.alone=true", "--server.port=0", "--management.server.port=-1");

  FlippedHouse() throws IOException {}

  /** Of so many points with one flipped bit each, how many proofs say so and condemn the point. */
  int found(int flips, Random random) throws IOException {
    int found = 0;
    for (int i = 0; i < flips; i++) {
      String point = backup();
      flip(depot.shelf().resolve(point(point).copies().get(0).key()), random);
      Run proof = ended(bean(Starter.class).verify(point, "tester"));
      boolean named = proof.failureCode() != null && DAMAGE.contains(proof.failureCode());
      found += named && !WHOLE.contains(point(point).state()) ? 1 : 0;
    }
    return found;
  }

  private String backup() {
    Run run = ended(bean(Starter.class).backup(AssetId.parse(Depot.SMALL), "cli", "tester"));
    if (run.state() != Run.State.SUCCEEDED) {
      throw new IllegalStateException("A backup without any damage failed: " + run.failure());
    }
    return run.id();
  }

  private static void flip(Path file, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int bit = random.nextInt(bytes.length * 8);
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    Files.write(file, bytes);
  }

  private Point point(String id) {
    return bean(Catalog.class).find(id).orElseThrow();
  }

  private Run ended(String runId) {
    Runs runs = bean(Runs.class);
    return await("the end of " + runId)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> runs.find(runId).filter(Run::over), Optional::isPresent)
        .orElseThrow();
  }

  private <T> T bean(Class<T> type) {
    return application.getBean(type);
  }

  @Override
  public void close() throws IOException {
    application.close();
    depot.close();
  }
}
