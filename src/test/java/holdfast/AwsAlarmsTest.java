package holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holdfast.harness.Moto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/** The command that puts alarms into AWS, as operators type it. */
class AwsAlarmsTest {

  @Test
  void alarms_are_planned_put_in_place_and_found_to_stand() throws IOException {
    try (House house = House.of(new House.Wishes())) {
      declare(house.home);
      house.serve();

      Typed plan = Typed.in(house.home, "alarms", "plan");
      assertThat(plan.exit()).as(plan.toString()).isEqualTo(1);
      assertThat(plan.lines())
          .startsWith(
              "roleferry in eu-west-1",
              "  create     queue        holdfast-roleferry-alarms-dead",
              "  create     queue        holdfast-roleferry-alarms",
              "  create     rule         holdfast-roleferry-alarms",
              "  create     rule         holdfast-roleferry-rds",
              "  create     alarm        holdfast-roleferry-cpu");
      assertThat(Typed.in(house.home, "check").lines())
          .anyMatch(line -> line.contains("The alarms of roleferry in eu-west-1 are not the plan"));

      Typed apply = Typed.in(house.home, "alarms", "apply", "roleferry");
      assertThat(apply.exit()).as(apply.toString()).isZero();
      assertThat(apply.lines()).contains("  created    alarm        holdfast-roleferry-cpu");

      Typed again = Typed.in(house.home, "alarms", "plan", "--json");
      assertThat(again.exit()).as(again.toString()).isZero();
      JsonNode region =
          new ObjectMapper().readTree(String.join("", again.lines())).path("regions").path(0);
      assertThat(region.path("drifted").asBoolean(true)).isFalse();
      assertThat(region.path("changes").findValuesAsText("state")).hasSize(5).containsOnly("SAME");
      assertThat(Typed.in(house.home, "check").lines())
          .noneMatch(line -> line.contains("The alarms of"));
      assertThat(Typed.in(house.home, "audit", "verify").exit()).isZero();

      Typed nobody = Typed.in(house.home, "alarms", "apply", "nothing");
      assertThat(nobody.exit()).isEqualTo(2);
      assertThat(nobody.complaints()).isEqualTo("There is no system nothing.\n");
    }
  }

  private static void declare(Path home) throws IOException {
    Moto moto = Moto.shared();
    Files.writeString(
        home.resolve("systems/roleferry.yml"),
        """
        aws-alarms:
          - region: eu-west-1
            endpoint: %s
            access-key: {file: %s}
            secret-key: {file: %s}
            events: [rds]
            alarms:
              - {name: cpu, kind: rds-cpu, dimensions: {DBInstanceIdentifier: roleferry}}
        """
            .formatted(moto.endpoint(), moto.keyFile(), moto.keyFile()),
        StandardOpenOption.APPEND);
  }
}
