package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import holdfast.plan.Finding;
import holdfast.plan.Home;
import holdfast.plan.KeySpec;
import holdfast.plan.PlanLoader;
import holdfast.plan.Plans;
import holdfast.stream.KeyMaker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    subcommands = {DrillCommand.class, KitCommand.class},
    description = "OpenPGP keys: make the ones the plan names, or prove that they work.")
final class KeyCommand {

  private static final String PUBLIC = ".public.asc";
  private static final String SECRET = ".secret.asc";

  private final Terminal terminal;

  KeyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      name = "new",
      description = "Make every key that application.yml names and that is not there yet.")
  int make(@Mixin Options options) {
    new Answers(terminal, options).print("keys", keys(), this::words);
    return Exit.DONE;
  }

  /** Makes what is missing and says what was made. */
  ArrayNode keys() {
    Plans plans = plans(terminal);
    ArrayNode made = Service.JSON.createArrayNode();
    KeySpec keys = plans.installation().keys();
    Instant now = InstantSource.system().instant();
    keys.recipients()
        .forEach((name, file) -> add(plans.home(), file, KeyMaker.Use.ENCRYPT, now, made));
    if (keys.signing() != null) {
      add(plans.home(), keys.signing(), KeyMaker.Use.SIGN, now, made);
    }
    return made;
  }

  @Command(
      name = "check",
      description = "Prove that the keys seal, open and sign; silent when all is well.")
  int check(@Mixin Options options) {
    return new Checking(terminal, options).only("stream,custody");
  }

  /** The plan of the home folder, or its findings and the end of the command. */
  static Plans plans(Terminal terminal) {
    PlanLoader.Loaded loaded = new PlanLoader(Services.home()).load();
    return loaded
        .plans()
        .orElseThrow(
            () -> {
              List<Finding> findings = loaded.findings();
              findings.forEach(finding -> terminal.complain(finding.toString()));
              return new RefusedException(Exit.USAGE, "Mend the plan first.");
            });
  }

  private static void add(Home home, Path file, KeyMaker.Use use, Instant now, ArrayNode made) {
    Path path = home.folder().resolve(file);
    if (Files.exists(path)) {
      return;
    }
    String name = path.getFileName().toString().replace(PUBLIC, "").replace(SECRET, "");
    Path folder = path.getParent();
    char[] passphrase = KeyMaker.newPassphrase(folder.resolve(name + ".passphrase"));
    KeyMaker.Made key = KeyMaker.make(folder, name, use, passphrase, now);
    made.addObject()
        .put("name", name)
        .put("fingerprint", key.fingerprint())
        .put("public", home.folder().relativize(key.publicFile()).toString())
        .put("secret", home.folder().relativize(key.secretFile()).toString());
  }

  private void words(JsonNode made) {
    if (made.isEmpty()) {
      terminal.say("Every key that application.yml names is there already.");
      return;
    }
    for (JsonNode key : made) {
      terminal.say(
          "%s  %s  (secret: %s)"
              .formatted(
                  key.path("name").asText(),
                  key.path("fingerprint").asText(),
                  key.path("secret").asText()));
    }
    terminal.say(
        "Copy the secret keys and their passphrases to a safe place that is not this host and not the bucket: without one of them no backup opens.");
  }
}
