package holdfast.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.campaign.Night.Chapter;
import holdfast.campaign.Night.Told;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From the alarm to the person, and from the person to what was learned. */
class NightTest {

  @Test
  void an_alarm_reaches_people_level_by_level_until_somebody_acknowledges() throws Exception {
    try (Night night = new Night()) {
      night.tell(Chapter.START);
      night.tell(Chapter.ALARM);
      assertThat(night.told()).isEqualTo(new Told(1, 1, 1, 0));
      night.tell(Chapter.NOBODY_ANSWERS);
      night.tell(Chapter.ACKNOWLEDGED);
      assertThat(night.told()).isEqualTo(new Told(1, 1, 1, 1));
      night.tell(Chapter.CLEARED);
      night.tell(Chapter.LEARNED);

      assertThat(new NightJudge(night).broken()).isEmpty();
      assertThat(night.review().path("learned").path("cause").asText())
          .isEqualTo("Its disk was full.");
      assertThat(night.review().path("improvements").path(0).path("owner").asText())
          .isEqualTo("DevOps Lead");
      assertThat(night.detail().path("timeline").findValuesAsText("kind"))
          .containsSubsequence(
              "OPENED", "TOLD", "TOLD", "ACKNOWLEDGED", "CLEAR", "RESOLVED", "NOTE", "NOTE");
    }
  }

  /** All points, one by one, are {@link NightTrial}'s. */
  @Test
  void it_does_so_too_when_the_service_is_killed_after_every_step_and_within() throws Exception {
    Map<Chapter, List<String>> within =
        Map.of(
            Chapter.ALARM,
            List.of(
                "after commit of INSERT receipts in",
                "before commit of INSERT alarms_taken in",
                "after commit of INSERT alarms_taken in"),
            Chapter.LEARNED,
            List.of("after commit of INSERT improvements"));
    try (Night night = new Night()) {
      for (Chapter chapter : Chapter.values()) {
        List<String> points = within.getOrDefault(chapter, List.of());
        night.tell(chapter, points, Duration.ZERO);
        assertThat(night.lives().passed()).isEqualTo(points);
        night.lives().kill();
      }

      assertThat(new NightJudge(night).broken()).isEmpty();
      assertThat(night.lives().deaths()).isEqualTo(Chapter.values().length + 4);
    }
  }
}
