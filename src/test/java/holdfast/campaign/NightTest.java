package holdfast.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.campaign.Night.Chapter;
import holdfast.campaign.Night.Told;
import org.junit.jupiter.api.Test;

/** From the alarm to the person, and from the person to what was learned. */
class NightTest {

  @Test
  void an_alarm_reaches_people_level_by_level_until_somebody_acknowledges() throws Exception {
    try (Night night = new Night()) {
      night.tell(Chapter.ALARM);
      assertThat(night.told()).isEqualTo(new Told(1, 1, 1, 0));
      night.tell(Chapter.NOBODY_ANSWERS);
      night.tell(Chapter.ACKNOWLEDGED);
      assertThat(night.told()).isEqualTo(new Told(1, 1, 1, 1));
      night.tell(Chapter.CLEARED);
      night.tell(Chapter.LEARNED);

      assertThat(night.incidents()).isEqualTo(1);
      assertThat(night.detail().path("incident").path("acknowledgedVia").asText())
          .isEqualTo("slack");
      assertThat(night.detail().path("timeline").findValuesAsText("kind"))
          .containsSubsequence(
              "OPENED", "TOLD", "TOLD", "ACKNOWLEDGED", "CLEAR", "RESOLVED", "NOTE");
    }
  }

  @Test
  void it_does_so_too_when_the_service_is_killed_after_every_step() throws Exception {
    try (Night night = new Night()) {
      for (Chapter chapter : Chapter.values()) {
        night.tell(chapter);
        night.kill();
      }
      night.tell(Chapter.LEARNED);

      assertThat(night.deaths()).isEqualTo(Chapter.values().length);
      assertThat(night.incidents()).isEqualTo(1);
      assertThat(night.told()).isEqualTo(new Told(1, 1, 1, 1));
    }
  }
}
