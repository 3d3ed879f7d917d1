package holdfast.web;

import holdfast.custody.Drill;
import holdfast.custody.KeyDrills;
import holdfast.custody.RecoveryKit;
import holdfast.plan.Secret;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Drills of the escrowed key, and what to print for the day on which it is needed. */
@ApiController
@RequestMapping("/api/v1/keys")
class KeysApi {

  /**
   * What to try.
   *
   * @param asset absent for the newest point of each
   * @param key the armored secret key; absent for the one that the plan declares
   * @param file what its file is called; for sentences
   */
  record DrillRequest(
      @Nullable String asset,
      @Nullable String file,
      @Nullable String key,
      @Nullable String passphrase) {

    @Override
    public String toString() {
      return "(drill)";
    }
  }

  /** The drill that was begun. */
  record Begun(String drill) {}

  /** What has come of it so far. */
  record Progress(String drill, boolean running, List<Drill> results) {}

  /** The kit as plain text. */
  record Kit(String text) {}

  private final KeyDrills drills;
  private final RecoveryKit kit;

  KeysApi(KeyDrills drills, RecoveryKit kit) {
    this.drills = drills;
    this.kit = kit;
  }

  @Needs(Role.ADMIN)
  @PostMapping("/drills")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Begun begin(@RequestBody DrillRequest request, Principal caller) {
    KeyDrills.Given given =
        request.key() == null
            ? null
            : new KeyDrills.Given(
                Given.text("file", request.file()),
                request.key().getBytes(StandardCharsets.UTF_8),
                new Secret(request.passphrase() == null ? "" : request.passphrase()));
    return new Begun(
        drills.begin(
            request.asset() == null ? null : Given.asset(request.asset()),
            given,
            caller.getName()));
  }

  @Needs(Role.VIEWER)
  @GetMapping("/drills/{id}")
  Progress drill(@PathVariable String id) {
    boolean running = drills.running(id);
    List<Drill> results = drills.of(id);
    if (!running && results.isEmpty()) {
      throw new NotThere("There is no drill %s.".formatted(id));
    }
    return new Progress(id, running, results);
  }

  @Needs(Role.OPERATOR)
  @GetMapping("/kit")
  Kit kit() {
    return new Kit(kit.text());
  }
}
