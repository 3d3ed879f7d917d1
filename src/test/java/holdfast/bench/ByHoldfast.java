package holdfast.bench;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.harness.Holdfast;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** The same by a running service, from the moment it is asked until the run has ended. */
final class ByHoldfast {

  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Holdfast service;
  private String point = "";

  ByHoldfast(Holdfast service) {
    this.service = service;
  }

  void backup() throws IOException, InterruptedException {
    point = ended(service.post("/api/v1/backups", Map.of("asset", "roleferry/database")));
  }

  /** Brings the newest point back into a new database. */
  void restore(String database) throws IOException, InterruptedException {
    ended(
        service.post(
            "/api/v1/restores", Map.of("point", point, "target", "roleferry-prod/" + database)));
  }

  private String ended(JsonNode answer) throws IOException, InterruptedException {
    String id = answer.path("run").asText();
    JsonNode run =
        service.await("/api/v1/runs/" + id, now -> now.path("endedAt").isTextual(), PATIENCE);
    if (!run.path("state").asText().equals("SUCCEEDED")) {
      throw new IOException("Holdfast did not do it: " + answer + " " + run);
    }
    return id;
  }

  /** Bytes of the newest point's object. */
  long bytes() throws IOException, InterruptedException {
    return service.get("/api/v1/points/" + point).path("sealedBytes").asLong();
  }
}
