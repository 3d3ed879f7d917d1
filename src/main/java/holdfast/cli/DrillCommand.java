package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "drill",
    description = {
      "Prove that the escrowed key opens the newest point of each asset, by opening all of it.",
      "Without --key, the key that the plan declares as keys.escrow."
    })
final class DrillCommand implements Callable<Integer> {

  private static final String PATH = "/api/v1/keys/drills";

  @Mixin private Options options;

  @Parameters(arity = "0..1", paramLabel = "SYSTEM/ASSET", description = "Only this asset.")
  private @Nullable String asset;

  @Option(names = "--key", paramLabel = "FILE", description = "The armored secret key.")
  private @Nullable Path key;

  @Option(
      names = "--passphrase-env",
      paramLabel = "NAME",
      description = "The environment variable that holds its passphrase; else it is asked for.")
  private @Nullable String passphraseEnv;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "The file that holds its passphrase.")
  private @Nullable Path passphraseFile;

  private final Terminal terminal;

  DrillCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Map<String, String> request = request();
    try (Service service = Services.open(terminal)) {
      String id = service.post(PATH, request).path("drill").asText();
      JsonNode drill = service.get(PATH + "/" + id);
      while (drill.path("running").asBoolean()) {
        AlarmCommand.pause();
        drill = service.get(PATH + "/" + id);
      }
      new Answers(terminal, options).print("drill", drill, this::words);
      return exit(drill.path("results"));
    }
  }

  private Map<String, String> request() {
    Map<String, String> request = new TreeMap<>();
    if (asset != null) {
      request.put("asset", asset);
    }
    if (key != null) {
      request.put("file", key.getFileName().toString());
      request.put("key", read(key));
      request.put("passphrase", passphrase());
    }
    return request;
  }

  private String passphrase() {
    if (passphraseFile != null) {
      return read(passphraseFile).replaceFirst("\\R$", "");
    }
    if (passphraseEnv != null) {
      String value = System.getenv(passphraseEnv);
      if (value == null) {
        throw new RefusedException(
            Exit.USAGE, "The environment variable %s is not set.".formatted(passphraseEnv));
      }
      return value;
    }
    Console console = System.console();
    if (console == null) {
      throw new RefusedException(
          Exit.USAGE,
          "Name --passphrase-file or --passphrase-env, or run this in a terminal, where it asks.");
    }
    return new String(console.readPassword("Passphrase of %s: ", key));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new RefusedException(
          Exit.USAGE, "The file %s cannot be read: name one that can.".formatted(file));
    }
  }

  private static int exit(JsonNode results) {
    int exit = Exit.DONE;
    for (JsonNode result : results) {
      switch (result.path("outcome").asText()) {
        case "FAIL" -> {
          return Exit.FAILED;
        }
        case "PASS" -> {}
        default -> exit = Exit.COULD_NOT_VERIFY;
      }
    }
    return exit;
  }

  private void words(JsonNode drill) {
    Table table = new Table("ASSET", "POINT", "OUTCOME", "STORE", "OPENED", "KEY");
    for (JsonNode result : drill.path("results")) {
      table.row(
          result.path("asset").asText(),
          result.path("point").asText(),
          result.path("outcome").asText().replace('_', '-'),
          result.path("store").asText("-"),
          Figures.bytes(result.path("bytes").asLong()),
          result.path("fingerprint").asText());
    }
    table.print(terminal);
    for (JsonNode result : drill.path("results")) {
      if (!result.path("reason").asText().isEmpty()) {
        terminal.say(result.path("asset").asText() + ": " + result.path("reason").asText());
      }
    }
  }
}
