package holdfast.web;

import holdfast.incident.Reviews;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/** What people agree on beside an incident, and what they learned, for programs. */
@ApiController
@RequestMapping("/api/v1/incidents/{id}/review")
class ReviewsApi {

  /** All of it. */
  record Review(
      List<Reviews.Call> calls,
      Reviews.@Nullable PostMortem learned,
      List<Reviews.Improvement> improvements) {}

  record CallRequest(@Nullable Instant at, @Nullable String who, @Nullable String about) {}

  record LearnedRequest(
      @Nullable String happened,
      @Nullable String cause,
      @Nullable String well,
      @Nullable String badly) {}

  record ImprovementRequest(@Nullable String text, @Nullable String owner, @Nullable String due) {}

  private final Reviews reviews;

  ReviewsApi(Reviews reviews) {
    this.reviews = reviews;
  }

  @Needs(Role.VIEWER)
  @GetMapping
  Review review(@PathVariable String id) {
    return new Review(
        reviews.calls(id), reviews.learned(id).orElse(null), reviews.improvements(id));
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/calls")
  Review call(@PathVariable String id, @RequestBody CallRequest request, Principal caller) {
    reviews.call(
        id,
        Given.moment("at", request.at()),
        Given.text("who", request.who()),
        Given.text("about", request.about()),
        caller.getName());
    return review(id);
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/learned")
  Review learn(@PathVariable String id, @RequestBody LearnedRequest request, Principal caller) {
    reviews.learn(
        id,
        Given.prose("happened", request.happened()),
        Given.prose("cause", request.cause()),
        Given.prose("well", request.well()),
        Given.prose("badly", request.badly()),
        caller.getName());
    return review(id);
  }

  @Needs(Role.OPERATOR)
  @PostMapping("/improvements")
  Review improve(
      @PathVariable String id, @RequestBody ImprovementRequest request, Principal caller) {
    String due = request.due();
    reviews.improve(
        id,
        Given.text("text", request.text()),
        Given.text("owner", request.owner()),
        due == null ? null : Given.day("due", due),
        caller.getName());
    return review(id);
  }
}
