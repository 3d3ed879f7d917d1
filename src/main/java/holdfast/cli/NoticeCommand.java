package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "notice",
    mixinStandardHelpOptions = true,
    description = "Draft and show what customers are told; an admin approves it on the page.")
final class NoticeCommand {

  private final Terminal terminal;

  NoticeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(name = "list", description = "Show the notices of an incident, with their words.")
  int list(@Mixin Options options, @Parameters(paramLabel = "ID") String id) {
    try (Service service = Services.open(terminal)) {
      JsonNode notices = service.get(path(id));
      new Answers(terminal, options).print("notices", notices, this::words);
      return Exit.DONE;
    }
  }

  @Command(name = "draft", description = "Draft a notice; nothing is sent.")
  int draft(
      @Mixin Options options,
      @Parameters(paramLabel = "ID") String id,
      @Parameters(
              arity = "0..1",
              paramLabel = "FILE",
              description = "Its words, the title in the first line; absent, the template's.")
          @Nullable Path file,
      @Option(names = "--channel", description = "A channel that it shall leave through.")
          @Nullable List<String> channels) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("channels", channels == null ? List.of() : channels);
    if (file != null) {
      String[] parts = read(file).strip().split("\n", 2);
      body.put("title", parts[0].strip());
      body.put("body", parts.length > 1 ? parts[1].strip() : "");
    }
    try (Service service = Services.open(terminal)) {
      JsonNode notice = service.post(path(id), body);
      new Answers(terminal, options).print("notice", notice, this::said);
      return Exit.DONE;
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new RefusedException(
          Exit.USAGE, "The file %s cannot be read: name one with the words.".formatted(file));
    }
  }

  private static String path(String id) {
    return "/api/v1/incidents/" + Service.escape(id) + "/notices";
  }

  private void words(JsonNode notices) {
    if (notices.isEmpty()) {
      terminal.say("No notice for customers.");
    }
    notices.forEach(this::said);
  }

  private void said(JsonNode notice) {
    terminal.say(
        "%s, %s, by %s"
            .formatted(
                notice.path("id").asText(),
                notice.path("state").asText().toLowerCase(Locale.ROOT),
                notice.path("writtenBy").asText()));
    terminal.say("  " + notice.path("title").asText());
    notice.path("body").asText().lines().forEach(line -> terminal.say("  " + line));
  }
}
