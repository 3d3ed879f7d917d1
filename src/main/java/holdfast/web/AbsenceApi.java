package holdfast.web;

import holdfast.absence.Heartbeat;
import holdfast.absence.Watches;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** What is looked for because its absence would say nothing. */
@ApiController
@RequestMapping("/api/v1")
class AbsenceApi {

  /**
   * Every watch, and our own sign of life.
   *
   * @param heartbeat absent where the plan declares none
   */
  record Looking(List<Watches.Line> watches, @Nullable Life heartbeat) {}

  /**
   * The sign of life.
   *
   * @param given when it was last heard outside; absent where it never was
   * @param stuck why the newest was withheld; absent where it was not
   * @param failure why the newest did not get through; absent where it did
   */
  record Life(@Nullable Instant given, @Nullable String stuck, @Nullable String failure) {}

  private final Watches watches;
  private final Heartbeat heartbeat;

  AbsenceApi(Watches watches, Heartbeat heartbeat) {
    this.watches = watches;
    this.heartbeat = heartbeat;
  }

  @Needs(Role.VIEWER)
  @GetMapping("/watches")
  Looking watches() {
    return new Looking(watches.lines(), heartbeat.declared() ? life() : null);
  }

  private Life life() {
    Heartbeat.Beat newest = heartbeat.newest().orElse(null);
    return new Life(
        heartbeat.given().orElse(null),
        newest == null ? null : newest.stuck(),
        newest == null ? null : newest.failure());
  }
}
