package holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.absence.Watches;
import holdfast.custody.Drill;
import holdfast.custody.KeyDrills;
import holdfast.incident.Incident;
import holdfast.incident.Incidents;
import holdfast.plan.Severity;
import holdfast.stream.KeyMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether the key that nobody uses opens what is there, found out before it is needed. */
class KeyDrillTest {

  private final House.Wishes wishes = new House.Wishes();
  private House house;
  private String fingerprint;

  @BeforeEach
  void open() {
    wishes.database = Sample.database();
    wishes.extraRecipients = ", escrow: keys/escrow.public.asc";
    wishes.recipients = "operations, escrow";
    house = House.of(wishes);
    fingerprint = key("escrow").fingerprint();
  }

  private KeyMaker.Made key(String name) {
    Path keys = house.home.resolve("keys");
    char[] passphrase = KeyMaker.newPassphrase(keys.resolve(name + ".passphrase"));
    return KeyMaker.make(keys, name, KeyMaker.Use.ENCRYPT, passphrase, Clock.systemUTC().instant());
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Typed drill(String key, String... more) {
    Path keys = house.home.resolve("keys");
    List<String> words = new ArrayList<>(List.of("key", "drill"));
    words.addAll(List.of("--key", keys.resolve(key + ".secret.asc").toString()));
    words.addAll(List.of("--passphrase-file", keys.resolve(key + ".passphrase").toString()));
    words.addAll(List.of(more));
    return Typed.in(house.home, words.toArray(String[]::new));
  }

  @Test
  void by_hand_the_right_key_passes_and_any_other_fails_and_the_check_says_so() {
    house.serve();
    assertThat(drill("escrow").complaints()).contains("There is no recovery point");
    assertThat(house.backup().failure()).isNull();
    Typed passed = drill("escrow");
    assertThat(passed.exit()).as(passed.toString()).isZero();
    assertThat(passed.lines().get(1)).contains("PASS", "primary", fingerprint);
    assertThat(Typed.in(house.home, "key", "check").lines()).isEmpty();

    key("stranger");
    Typed failed = drill("stranger", "roleferry/database");
    assertThat(failed.exit()).as(failed.toString()).isEqualTo(1);
    assertThat(failed.lines()).last().asString().contains("The data is sealed to the keys");
    Typed check = Typed.in(house.home, "key", "check");
    assertThat(check.exit()).isEqualTo(2);
    assertThat(check.lines())
        .singleElement()
        .asString()
        .contains("The escrowed key does not open point");
    assertThat(drill("escrow").exit()).isZero();
    assertThat(Typed.in(house.home, "key", "check").lines()).isEmpty();
  }

  @Test
  void a_wrong_passphrase_fails_and_is_shown_nowhere() throws IOException {
    house.serve();
    assertThat(house.backup().failure()).isNull();
    Files.writeString(house.home.resolve("keys/escrow.passphrase"), "battery staple of mine");
    Typed failed = drill("escrow");
    assertThat(failed.exit()).as(failed.toString()).isEqualTo(1);
    assertThat(failed.toString()).contains("does not unlock").doesNotContain("battery staple");
  }

  @Test
  void damaged_bytes_fail_and_a_store_that_is_away_is_no_verdict() {
    house.serve();
    assertThat(house.backup().failure()).isNull();
    Bucket bucket = new Bucket(house);
    String key = bucket.only("data.dump.zst.gpg");
    byte[] whole = bucket.get(key);
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 1;
    bucket.put(key, flipped);
    Typed failed = drill("escrow");
    assertThat(failed.exit()).as(failed.toString()).isEqualTo(1);
    bucket.put(key, whole);
    assertThat(drill("escrow").exit()).isZero();
    bucket.delete();
    Typed away = drill("escrow");
    assertThat(away.exit()).as(away.toString()).isEqualTo(3);
    assertThat(away.lines().get(1)).contains("COULD-NOT-DRILL");
  }

  @Test
  void declared_it_is_made_every_week_and_a_lost_key_is_a_critical_incident() throws Exception {
    wishes.keys =
        "    escrow: {key: keys/escrow.secret.asc, passphrase: {file: keys/escrow.passphrase}}\n";
    Files.writeString(
        house.home.resolve("application.yml"), HouseFiles.application(wishes, house.s3));
    house.start();
    KeyDrills drills = house.bean(KeyDrills.class);
    assertThat(drills.makeDue()).as("nothing to open").isZero();
    assertThat(house.backup().failure()).isNull();
    assertThat(drills.makeDue()).isEqualTo(1);
    assertThat(drills.makeDue()).as("not due again").isZero();
    KeyDrills.Standing standing = drills.standings().get(0);
    assertThat(standing.newest().outcome()).isEqualTo(Drill.Outcome.PASS);
    assertThat(standing.newest().bytes()).isEqualTo(house.point().plainBytes());
    assertThat(standing.newest().actor()).isEqualTo("holdfast");

    aged("8 days 1 minute");
    assertThat(
            incident("The drill of the escrowed key of roleferry/database is overdue").severity())
        .isEqualTo(Severity.MEDIUM);
    Files.delete(house.home.resolve("keys/escrow.secret.asc"));
    assertThat(drills.makeDue()).isEqualTo(1);
    assertThat(drills.standings().get(0).failed()).isTrue();
    assertThat(drills.makeDue()).as("tried again in an hour").isZero();
    try (Connection journal = house.bean(DataSource.class).getConnection();
        Statement statement = journal.createStatement()) {
      var entries = statement.executeQuery("SELECT count(*) FROM audit WHERE action = 'key.drill'");
      entries.next();
      assertThat(entries.getInt(1)).isEqualTo(2);
    }
  }

  @Test
  void a_key_that_does_not_open_is_a_critical_incident_until_one_does() throws Exception {
    wishes.keys =
        "    escrow: {key: keys/other.secret.asc, passphrase: {file: keys/other.passphrase}}\n";
    key("other");
    Files.writeString(
        house.home.resolve("application.yml"), HouseFiles.application(wishes, house.s3));
    house.start();
    assertThat(house.backup().failure()).isNull();
    KeyDrills drills = house.bean(KeyDrills.class);
    assertThat(drills.makeDue()).isEqualTo(1);
    Incident unreadable =
        incident("Backups of roleferry/database are unreadable with the escrowed key");
    assertThat(unreadable.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(unreadable.text()).contains("The data is sealed to the keys");
  }

  /** The watches look every half minute, or when somebody lets them. */
  private Incident incident(String title) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              house.bean(Watches.class).look();
              return house.bean(Incidents.class).open().stream()
                  .filter(incident -> incident.title().equals(title))
                  .findFirst();
            },
            Optional::isPresent)
        .orElseThrow();
  }

  private void aged(String by) throws SQLException {
    try (Connection journal = house.bean(DataSource.class).getConnection();
        Statement statement = journal.createStatement()) {
      journal.setAutoCommit(true);
      statement.execute("ALTER TABLE key_drills DISABLE TRIGGER ALL");
      statement.execute("UPDATE key_drills SET at = at - interval '%s'".formatted(by));
      statement.execute("ALTER TABLE key_drills ENABLE TRIGGER ALL");
    }
  }
}
