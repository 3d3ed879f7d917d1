package holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first ten minutes: each command as the README tells, in a folder that is empty. */
class InitTest {

  @TempDir Path folder;

  @Test
  void from_nothing_to_a_proven_point_with_five_commands() throws Exception {
    Path home = folder.resolve("home");
    Typed init =
        init(home, Sample.database(), "--email=ops@shop.example", "--mail-server=mail.invalid");
    assertThat(init.complaints()).isEmpty();
    assertThat(init.exit()).isZero();
    assertThat(init.lines()).contains("Written: ~/application.yml", "Written: ~/systems/shop.yml");
    assertThat(home.resolve("application.yml"))
        .content()
        .as("whoever is told is told every day that it works")
        .contains("  alarm-test: {at: \"09:00\", zone: UTC}\n");

    assertThat(Typed.in(home, "check").lines())
        .containsExactly(
            "application.yml: warning: Nobody outside notices when Holdfast itself is gone. Add heartbeat: {url: {env: NAME}} with the address of a service that misses it.",
            "application.yml:16: warning: Channel mail: no mail server answers at mail.invalid:587. Check host, port and firewall; messages wait until it answers.");
    Typed backup = Typed.in(home, "backup", "shop/database");
    assertThat(backup.exit()).as(backup.toString()).isZero();
    Typed verify = Typed.in(home, "verify", "latest:shop/database");
    assertThat(verify.exit()).as(verify.toString()).isZero();
    assertThat(String.join("\n", verify.lines())).contains("PASS");
    assertThat(Typed.in(home, "points", "shop/database").lines())
        .anySatisfy(line -> assertThat(line).contains("PASS"));
  }

  @Test
  void without_people_the_first_plan_says_so_and_works() throws Exception {
    Path home = folder.resolve("home");
    Typed init = init(home, Sample.database());
    assertThat(init.exit()).as(init.toString()).isZero();
    assertThat(init.lines()).contains("Nobody is told yet: add channels, contacts and escalation.");
    Typed check = Typed.in(home, "check");
    assertThat(check.lines())
        .containsExactly(
            "application.yml: warning: Nobody outside notices when Holdfast itself is gone. Add heartbeat: {url: {env: NAME}} with the address of a service that misses it.",
            "systems/shop.yml:2: warning: Nobody is called when something is wrong with system 'shop'. Add contacts: and escalation:, who is called and how long after.",
            "systems/shop.yml:26: warning: Nobody hears of asset 'database'. Add channels: [NAME].");
    assertThat(check.exit()).isZero();
  }

  @Test
  void what_is_there_is_never_overwritten() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.writeString(home.resolve("application.yml"), "mine");
    Typed again = init(home, "any");
    assertThat(again.exit()).isEqualTo(4);
    assertThat(again.complaints())
        .isEqualTo(
            "~/application.yml is there already; init overwrites nothing. Move it away, or name an empty folder in HOLDFAST_HOME.\n");
    assertThat(home.resolve("application.yml")).hasContent("mine");
  }

  @Test
  void a_database_that_does_not_answer_leaves_nothing_behind() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    Path password = Files.writeString(folder.resolve("password"), "secret");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    Typed failed = init(home, "no_such_database", "--password-file", password.toString());
    assertThat(failed.exit()).isNotZero();
    assertThat(failed.complaints()).contains("no_such_database").doesNotContain("Exception");
    try (var files = Files.walk(home)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private Typed init(Path home, String database, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "init",
                "--system=shop",
                "--host=" + Postgres.cluster().socketFolder(),
                "--user=" + Postgres.cluster().user(),
                "--database=" + database,
                "--bucket=" + folder.resolve("vault"),
                "--zone=UTC"));
    words.addAll(List.of(more));
    return Typed.in(home, words.toArray(String[]::new));
  }
}
