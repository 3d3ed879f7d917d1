package holdfast.incident;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.alarm.Alarm;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StormTest {

  private final Watchroom room = new Watchroom(Duties.plans(Duties.three()));

  @Test
  void ten_thousand_events_of_one_trouble_are_one_incident_and_few_messages() {
    for (int batch = 0; batch < 100; batch++) {
      List<Alarm> alarms = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        alarms.add(
            Watchroom.alarm(
                "a",
                Alarm.State.FIRING,
                Severity.HIGH,
                Situation.DATABASE,
                room.now().plusMillis(i),
                0));
      }
      room.incidents.take(alarms);
      room.pass(Duration.ofMillis(600));
    }

    assertThat(room.only().events()).isEqualTo(10_000);
    assertThat(room.incidents.signals(room.only().id()).get(0).events()).isEqualTo(10_000);
    assertThat(room.told()).containsExactly("chat OPENED 1");
    assertThat(written()).as("rows written, batch by batch").isLessThan(400);
  }

  @Test
  void five_hundred_troubles_in_a_minute_are_ten_messages_at_most_for_each_channel() {
    for (int i = 0; i < 500; i++) {
      room.incidents.take(List.of(elsewhere("a" + i, Severity.HIGH, "host-" + i)));
      room.clock.move(Duration.ofMillis(120));
      room.escalation.tick();
    }
    Map<String, Integer> early = count();
    room.pass(Duration.ofMinutes(5));

    assertThat(room.incidents.open()).hasSize(500);
    assertThat(early).hasSize(3).allSatisfy((channel, count) -> assertThat(count).isLessThan(11));
    assertThat(room.notices())
        .filteredOn(notice -> notice.type() == Notice.Type.DIGEST)
        .extracting(Notice::severity)
        .containsOnly(Severity.HIGH);
    long toldTogether =
        room.node
            .transaction()
            .sql(
                """
                SELECT count(DISTINCT incident) FROM incident_digests
                WHERE channel = 'chat' AND told_at IS NOT NULL""")
            .query(Long.class)
            .single();
    assertThat(toldTogether).as("nobody is forgotten").isGreaterThanOrEqualTo(490);
  }

  @Test
  void one_trouble_a_second_is_told_at_once_again_soon_after_a_gust() {
    for (int i = 0; i < 8; i++) {
      room.incidents.take(List.of(elsewhere("gust" + i, Severity.HIGH, "gust-" + i)));
    }
    assertThat(count()).containsEntry("chat", Teller.FEW);
    for (int i = 0; i < 60; i++) {
      room.clock.move(Duration.ofSeconds(1));
      room.incidents.take(List.of(elsewhere("a" + i, Severity.HIGH, "host-" + i)));
    }

    assertThat(room.notices())
        .filteredOn(notice -> notice.type() == Notice.Type.OPENED)
        .as("all but a few of the first, on three channels")
        .hasSizeGreaterThan(3 * (Teller.FEW + 55));
  }

  @Test
  void a_storm_that_comes_in_gusts_is_few_messages_too() {
    for (int gust = 0; gust < 5; gust++) {
      for (int i = 0; i < 100; i++) {
        String host = "host-%d-%d".formatted(gust, i);
        room.incidents.take(List.of(elsewhere(host, Severity.HIGH, host)));
      }
      room.clock.move(Duration.ofSeconds(12));
      room.escalation.tick();
    }

    assertThat(count()).hasSize(3).allSatisfy((channel, told) -> assertThat(told).isLessThan(11));
  }

  @Test
  void what_is_told_together_names_the_level_that_is_called_and_none_where_it_is_only_news() {
    for (int i = 0; i < 20; i++) {
      room.incidents.take(List.of(elsewhere("a" + i, Severity.HIGH, "host-" + i)));
    }
    room.pass(Duration.ofMinutes(1));
    assertThat(digests()).isNotEmpty().allMatch(digest -> digest.level() == 1);
    int before = digests().size();
    room.incidents
        .open()
        .forEach(incident -> room.incidents.resolve(incident.id(), "ada", "Restarted it."));
    room.pass(Duration.ofMinutes(10));

    assertThat(digests().subList(before, digests().size()))
        .isNotEmpty()
        .allMatch(digest -> digest.level() == 0);
  }

  private List<Notice> digests() {
    return room.notices().stream().filter(notice -> notice.type() == Notice.Type.DIGEST).toList();
  }

  @Test
  void the_first_critical_one_of_its_kind_calls_at_once_even_then() {
    for (int i = 0; i < 50; i++) {
      room.incidents.take(List.of(elsewhere("a" + i, Severity.HIGH, "host-" + i)));
    }
    room.incidents.take(List.of(elsewhere("worse", Severity.CRITICAL, "vault")));

    assertThat(room.notices().get(room.notices().size() - 1).severity())
        .isEqualTo(Severity.CRITICAL);
    assertThat(count()).containsEntry("chat", Teller.FEW + 1);
  }

  @Test
  void a_digest_calls_everybody_who_would_have_been_called() {
    for (int i = 0; i < 20; i++) {
      room.incidents.open(
          new Opening("roleferry", Severity.HIGH, Situation.SERVER, "Trouble " + i, "", "ada"));
    }
    room.pass(Duration.ofMinutes(1));

    assertThat(room.notices())
        .filteredOn(notice -> notice.type() == Notice.Type.DIGEST)
        .singleElement()
        .satisfies(notice -> assertThat(notice.contacts()).containsExactly("roleferry/Ada"));
  }

  @Test
  void what_shows_each_incident_by_itself_hears_of_each_end_even_in_a_storm() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add(
          room.incidents.open(
              new Opening(null, Severity.HIGH, Situation.SERVER, "Trouble " + i, "", "ada")));
    }
    room.pass(Duration.ofMinutes(1));
    ids.forEach(id -> room.incidents.resolve(id, "ada", "Done."));

    assertThat(room.told()).filteredOn("topic RESOLVED 0"::equals).hasSize(20);
    assertThat(room.told()).filteredOn("chat RESOLVED 0"::equals).hasSizeLessThan(20);
  }

  @Test
  void what_was_told_by_a_clock_that_was_ahead_is_no_storm() {
    room.clock.move(Duration.ofHours(1));
    for (int i = 0; i < 20; i++) {
      room.incidents.take(List.of(elsewhere("ahead-" + i, Severity.HIGH, "host-" + i)));
    }
    room.clock.move(Duration.ofHours(-1));
    room.incidents.take(List.of(elsewhere("now", Severity.HIGH, "host-now")));

    Notice newest = room.notices().get(room.notices().size() - 1);
    assertThat(newest.type()).isEqualTo(Notice.Type.OPENED);
    assertThat(newest.title()).isEqualTo("Trouble now");
  }

  /** Of no system, each in an account of its own, so that none is related to another. */
  private Alarm elsewhere(String fingerprint, Severity severity, String account) {
    return Watchroom.about(
        new Alarm.Subject(null, null, null, "r", account, "eu-west-1"),
        fingerprint,
        Alarm.State.FIRING,
        severity,
        Situation.SERVER,
        room.now(),
        0);
  }

  private Map<String, Integer> count() {
    Map<String, Integer> count = new HashMap<>();
    room.told().forEach(told -> count.merge(told.split(" ")[0], 1, Integer::sum));
    return count;
  }

  /** How often rows of signals and incidents were changed. */
  private long written() {
    return room.node
        .transaction()
        .sql(
            """
            SELECT sum(n_tup_upd) FROM pg_stat_user_tables
            WHERE relname IN ('signals', 'incidents')""")
        .query(Long.class)
        .single();
  }
}
