package holdfast.harness;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.stream.KeyMaker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The child that dies where it is told: what the proofs of survival rest on. */
class VictimTest {

  private static final Map<String, String> PAUSE = Map.of("system", "kept");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void dies_before_a_commit_and_after_it() throws Exception {
    home();
    Failpoints failpoints = new Failpoints(folder);
    failpoints.arm("");
    try (VictimNode first = VictimNode.start(folder)) {
      failpoints.arm("before commit of INSERT pauses");
      assertThat(answered(first)).isFalse();
      assertThat(first.ended(PATIENCE)).isTrue();
    }
    try (VictimNode second = VictimNode.start(folder)) {
      assertThat(paused(second)).isFalse();
      failpoints.arm("after commit of INSERT pauses");
      assertThat(answered(second)).isFalse();
      assertThat(second.ended(PATIENCE)).isTrue();
    }
    try (VictimNode third = VictimNode.start(folder)) {
      assertThat(paused(third)).isTrue();
    }
  }

  private static boolean answered(VictimNode node) throws InterruptedException {
    try {
      node.post("/api/v1/schedules/pause", PAUSE);
      return true;
    } catch (IOException died) {
      return false;
    }
  }

  private static boolean paused(VictimNode node) throws IOException, InterruptedException {
    return node.get("/api/v1/status").at("/systems/0/assets/0/paused").asBoolean();
  }

  private void home() throws IOException {
    HomeFolder home = new HomeFolder(folder);
    for (String name : List.of("operations", "signing")) {
      KeyMaker.make(
          folder.resolve("keys"),
          name,
          name.equals("signing") ? KeyMaker.Use.SIGN : KeyMaker.Use.ENCRYPT,
          KeyMaker.newPassphrase(folder.resolve("keys/" + name + ".passphrase")),
          InstantSource.system().instant());
    }
    home.copy(Path.of("routes"));
    home.write(
        "application.yml",
        """
        holdfast:
          stores: {primary: {kind: directory, path: store}}
          connections: {prod: {host: 127.0.0.1, port: 1, user: nobody, sslmode: disable}}
          keys:
            recipients: {operations: keys/operations.public.asc}
            signing: {key: keys/signing.secret.asc, passphrase: {file: keys/signing.passphrase}}
        """);
    home.write(
        "systems/kept.yml",
        """
        system: kept
        description: A database that nobody reaches
        plan: {version: "1", owner: Nobody}
        components: [{name: database, description: PostgreSQL, priority: P0}]
        assets:
          - name: database
            component: database
            source: {kind: postgresql, connection: prod, database: kept}
            pipeline: {recipients: [operations]}
            stores: [primary]
        """);
  }
}
