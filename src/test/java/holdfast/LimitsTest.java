package holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The limits that operators may set in the plan. */
class LimitsTest {

  @Test
  void limits_of_a_valid_plan_take_effect() {
    House.Wishes wishes = new House.Wishes();
    wishes.scratch =
        """
        backups-at-once: 4
        routes: {watch: 0s}
        transfer: {stall: 10m, store-wait: 20m, spare-store-wait: 1m, store-pause: 2s}
        sweep: {read-every: 7d, seen-every: 12h, pause: 5m}
        source: {lock-wait: 1m, stall: 20m, deadline: 1d, count-time: 45s}
        proof: {room: 3.5}
        retention: {at: "05:00", zone: Europe/Berlin, apply: true}
        """
            .indent(2);
    try (House house = House.of(wishes).start()) {
      assertThat(house.bean(CamelContext.class).getEndpoints())
          .filteredOn(endpoint -> endpoint.getEndpointUri().contains("concurrentConsumers"))
          .singleElement()
          .satisfies(queue -> assertThat(queue.getEndpointUri()).contains("concurrentConsumers=4"));
      assertThat(limits(house, "transfer", "backup.BackupSettings"))
          .hasToString(
              "BackupSettings[stall=PT10M, storeWait=PT20M, spareStoreWait=PT1M, storePause=PT2S]");
      assertThat(limits(house, "sweep", "verify.SweepSettings"))
          .hasToString("SweepSettings[readEvery=PT168H, seenEvery=PT12H, pause=PT5M]");
      assertThat(limits(house, "source", "source.SourceSettings"))
          .hasToString(
              "SourceSettings[lockWait=PT1M, stall=PT20M, deadline=PT24H, countTime=PT45S]");
      assertThat(limits(house, "proof", "verify.VerifySettings"))
          .hasToString("VerifySettings[room=3.5]");
      assertThat(limits(house, "retention", "retention.RetentionSettings"))
          .hasToString("RetentionSettings[at=05:00, zone=Europe/Berlin, apply=true]");
    }
  }

  private static Object limits(House house, String part, String type) {
    return house
        .bean(CamelContext.class)
        .getRegistry()
        .lookupByName("holdfast.%s-holdfast.%s".formatted(part, type));
  }

  @Test
  void every_limit_that_the_service_reads_may_stand_in_the_plan() throws IOException {
    JsonNode schema =
        new ObjectMapper()
            .readTree(Path.of("src/main/resources/schema/installation.schema.json").toFile());
    assertThat(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("holdfast"))
        .filteredOn(type -> type.isAnnotatedWith(ConfigurationProperties.class))
        .hasSizeGreaterThan(2)
        .allSatisfy(type -> assertAllowed(schema, type));
  }

  private static void assertAllowed(JsonNode schema, JavaClass type) {
    String part =
        type.getAnnotationOfType(ConfigurationProperties.class)
            .value()
            .substring("holdfast.".length());
    for (RecordComponent limit : type.reflect().getRecordComponents()) {
      String field = limit.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      assertThat(schema.at("/$defs/%s/properties".formatted(part)).has(field))
          .as("%s.%s", part, field)
          .isTrue();
    }
  }
}
