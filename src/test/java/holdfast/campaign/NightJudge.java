package holdfast.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What must be true in the morning, however often the service has died in the night. */
final class NightJudge {

  private final JsonNode detail;
  private final JsonNode review;
  private final int incidents;
  private final int deaths;
  private final Map<String, Integer> came;
  private final List<String> broken = new ArrayList<>();
  private int twice;

  NightJudge(Night night) throws IOException, InterruptedException {
    this.detail = night.detail();
    this.review = night.review();
    this.incidents = night.incidents();
    this.deaths = night.lives().deaths();
    this.came = night.came();
  }

  /** One sentence for each promise that was broken. */
  List<String> broken() {
    say(incidents == 1, "there are %d incidents", incidents);
    String state = detail.path("incident").path("state").asText();
    say(state.equals("RESOLVED"), "the incident is %s", state);
    String via = detail.path("incident").path("acknowledgedVia").asText();
    say(via.equals("slack"), "it was acknowledged by %s", via);
    for (String once : List.of("OPENED", "ACKNOWLEDGED", "RESOLVED")) {
      say(count(once, 0) == 1, "%s stands %d times in the timeline", once, count(once, 0));
    }
    for (int level = 1; level <= 2; level++) {
      say(count("TOLD", level) == 1, "level %d was called %d times", level, count("TOLD", level));
    }
    messages();
    say(review.path("learned").path("cause").isTextual(), "nothing was learned");
    int improvements = review.path("improvements").size();
    say(improvements == 1, "%d improvements are noted", improvements);
    return List.copyOf(broken);
  }

  /** How many messages came more than once, by {@link #broken}. */
  int twice() {
    return twice;
  }

  /** How many messages there were to send. */
  int due() {
    return detail.path("messages").size();
  }

  /** Each was handed over, with a receipt of its own; and no more came than there were deaths. */
  private void messages() {
    for (JsonNode message : detail.path("messages")) {
      String state = message.path("state").asText();
      say(
          state.equals("DELIVERED"),
          "message %s to %s is %s",
          message.path("id"),
          message.path("channel").asText(),
          state);
    }
    receipts().forEach(this::channel);
    say(twice <= deaths, "%d messages came twice in %d deaths", twice, deaths);
  }

  private void channel(String channel, List<String> receipts) {
    int due = receipts.size();
    int here = came.getOrDefault(channel, 0);
    say(receipts.stream().distinct().count() == due, "%s lacks receipts: %s", channel, receipts);
    say(here >= due, "of %d messages to %s only %d came", due, channel, here);
    twice += Math.max(0, here - due);
  }

  private Map<String, List<String>> receipts() {
    Map<String, List<String>> receipts = new LinkedHashMap<>();
    for (JsonNode message : detail.path("messages")) {
      receipts
          .computeIfAbsent(message.path("channel").asText(), none -> new ArrayList<>())
          .add(message.path("receipt").asText());
    }
    return receipts;
  }

  private int count(String kind, int level) {
    int count = 0;
    for (JsonNode entry : detail.path("timeline")) {
      if (entry.path("kind").asText().equals(kind)
          && (level == 0 || entry.path("level").asInt() == level)) {
        count++;
      }
    }
    return count;
  }

  private void say(boolean kept, String sentence, Object... facts) {
    if (!kept) {
      broken.add(sentence.formatted(facts));
    }
  }
}
