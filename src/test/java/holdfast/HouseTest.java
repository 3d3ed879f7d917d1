package holdfast;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The shape of the house: rooms, the one direction of imports, and who may know which library. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HouseTest {

  /** Top to bottom: a room may import only rooms above it. */
  static final List<String> ROOMS =
      List.of(
          "plan",
          "journal",
          "stream",
          "process",
          "source",
          "store",
          "catalog",
          "backup",
          "restore",
          "verify",
          "retention",
          "custody",
          "cloud",
          "alarm",
          "incident",
          "absence",
          "notify",
          "report",
          "camel",
          "web",
          "cli");

  private final JavaClasses house =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("holdfast");

  @Test
  void imports_point_up_only() {
    for (int i = 0; i < ROOMS.size(); i++) {
      for (String below : ROOMS.subList(i + 1, ROOMS.size())) {
        noClasses()
            .that()
            .resideInAPackage("holdfast." + ROOMS.get(i) + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("holdfast." + below + "..")
            .because(ROOMS.get(i) + " stands above " + below)
            .allowEmptyShould(true)
            .check(house);
      }
    }
  }

  @Test
  void rooms_have_no_cycles() {
    slices().matching("holdfast.(*)..").should().beFreeOfCycles().check(house);
  }

  @Test
  void the_web_and_the_command_line_call_no_act() {
    noClasses()
        .that()
        .resideInAnyPackage("holdfast.web..", "holdfast.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("holdfast.backup..", "holdfast.restore..", "holdfast.verify..")
        .because("they start routes through camel and read reports")
        .allowEmptyShould(true)
        .check(house);
  }

  @Test
  void only_camel_knows_camel() {
    noClasses()
        .that()
        .resideOutsideOfPackage("holdfast.camel..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.camel..")
        .check(house);
  }

  @Test
  void vendors_are_known_where_bytes_are() {
    noClasses()
        .that(
            DescribedPredicate.not(
                JavaClass.Predicates.resideInAnyPackage(
                    "holdfast.store..",
                    "holdfast.source..",
                    "holdfast.cloud..",
                    "holdfast.stream..",
                    "holdfast.camel..")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon.awssdk..", "org.bouncycastle..", "com.github.luben..")
        .check(house);
  }

  @Test
  void every_room_says_in_one_sentence_what_it_is() throws IOException {
    Path rooms = Path.of("src/main/java/holdfast");
    try (Stream<Path> folders = Files.list(rooms).filter(Files::isDirectory)) {
      assertThat(folders)
          .allSatisfy(
              room -> {
                assertThat(ROOMS).contains(room.getFileName().toString());
                assertThat(Files.readString(room.resolve("package-info.java")))
                    .startsWith("/**")
                    .contains("@NullMarked");
              });
    }
  }
}
