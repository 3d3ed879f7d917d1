package holdfast.web;

import holdfast.incident.Reviews;
import java.security.Principal;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What people agree on beside an incident, and what they learned from it. */
@PageController
@RequestMapping("/incidents/{id}")
class ReviewPages {

  private final Reviews reviews;
  private final InstantSource clock;

  ReviewPages(Reviews reviews, InstantSource clock) {
    this.reviews = reviews;
    this.clock = clock;
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/calls")
  String call(
      @PathVariable String id,
      @RequestParam long minutes,
      @RequestParam @Nullable String who,
      @RequestParam @Nullable String about,
      Principal caller) {
    reviews.call(
        id,
        clock.instant().plus(Given.minutes(minutes)),
        Given.text("who", who),
        Given.text("about", about),
        caller.getName());
    return back(id);
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/learned")
  String learn(
      @PathVariable String id,
      @RequestParam @Nullable String happened,
      @RequestParam @Nullable String cause,
      @RequestParam @Nullable String well,
      @RequestParam @Nullable String badly,
      Principal caller) {
    reviews.learn(
        id,
        Given.prose("happened", happened),
        Given.prose("cause", cause),
        Given.prose("well", well),
        Given.prose("badly", badly),
        caller.getName());
    return back(id);
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/improvements")
  String improve(
      @PathVariable String id,
      @RequestParam @Nullable String text,
      @RequestParam @Nullable String owner,
      @RequestParam(defaultValue = "") String due,
      Principal caller) {
    reviews.improve(
        id,
        Given.text("text", text),
        Given.text("owner", owner),
        due.isEmpty() ? null : Given.day("due", due),
        caller.getName());
    return back(id);
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/improvements/{number}/done")
  String done(@PathVariable String id, @PathVariable long number, Principal caller) {
    reviews.done(number, caller.getName());
    return back(id);
  }

  private static String back(String id) {
    return "redirect:/incidents/" + id;
  }
}
