package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import holdfast.plan.Finding;
import holdfast.plan.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a person or a script can rely on before any service is involved. */
class CommandLineTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    return Main.execute(arguments, terminal);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String complained() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void without_a_command_it_shows_how_it_is_used() {
    assertThat(run()).isEqualTo(Exit.USAGE);
    assertThat(said()).contains("backup", "restore", "verify", "Exit codes: 0 done or PASS");
  }

  @Test
  void help_can_be_asked_for() {
    assertThat(run("--help")).isZero();
    assertThat(said()).contains("Backups that are proven", "Exit codes");
  }

  @Test
  void a_command_that_is_not_there_is_a_usage_mistake() {
    assertThat(run("bakcup")).isEqualTo(Exit.USAGE);
    assertThat(complained()).contains("bakcup").doesNotContain("Exception");
  }

  @Test
  void a_restore_without_a_target_says_which_option_is_missing() {
    assertThat(run("restore", "latest:roleferry/database")).isEqualTo(Exit.USAGE);
    assertThat(complained()).contains("--to").doesNotContain("Exception");
  }

  @Test
  void every_command_and_every_part_of_one_has_help() {
    List<CommandLine> parts =
        new CommandLine(Main.class, new Commands(Terminal.standard()))
            .getSubcommands().values().stream()
                .flatMap(
                    command ->
                        Stream.concat(
                            Stream.of(command), command.getSubcommands().values().stream()))
                .toList();
    assertThat(parts).hasSizeGreaterThan(20);
    assertThat(parts)
        .allSatisfy(
            part -> {
              assertThat(part.getCommandSpec().usageMessage().description())
                  .as(part.getCommandSpec().qualifiedName())
                  .isNotEmpty();
              assertThat(part.getCommandSpec().optionsMap())
                  .as(part.getCommandSpec().qualifiedName())
                  .containsKey("--help");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup", "runs", "points", "verify", "check", "status", "init"})
  void programs_get_json_from(String command) {
    CommandLine line = new CommandLine(Main.class, new Commands(Terminal.standard()));
    assertThat(line.getSubcommands().get(command).getCommandSpec().optionsMap())
        .containsKey("--json");
  }

  @Test
  void lists_are_wrapped_so_that_there_is_one_object() throws IOException {
    Options options = new Options();
    options.json = true;
    JsonNode list = new ObjectMapper().readTree("[1,2]");
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    new Answers(new Terminal(print, print, false), options).print("runs", list, words -> {});
    assertThat(said().strip()).isEqualTo("{\"runs\":[1,2]}");
  }

  @Test
  void a_finding_names_its_file_as_the_operator_does() {
    Origin origin = new Origin(Path.of("systems/shop.yml"), 7);
    Finding finding = Finding.error(origin, "No schedule.", "Add one.");
    assertThat(FindingLine.of(Service.JSON.valueToTree(finding)))
        .isEqualTo("systems/shop.yml:7: No schedule. Add one.")
        .isEqualTo(finding.toString());
  }

  @Test
  void what_a_server_says_cannot_steer_the_terminal() {
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    new Terminal(print, print, false).say("a\u001b[2Jb\u0007");
    assertThat(said().strip()).isEqualTo("a?[2Jb?");
  }
}
