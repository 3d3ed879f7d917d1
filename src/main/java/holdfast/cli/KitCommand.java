package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "kit",
    description = "Print what brings everything back without Holdfast: stores, keys, commands.")
final class KitCommand implements Callable<Integer> {

  @Mixin private Options options;

  @Option(names = "--html", description = "As a page for a printer.")
  private boolean html;

  private final Terminal terminal;

  KitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Service service = Services.open(terminal)) {
      new Answers(terminal, options)
          .print("kit", service.get("/api/v1/keys/kit"), kit -> terminal.say(words(kit)));
      return Exit.DONE;
    }
  }

  private String words(JsonNode kit) {
    String text = kit.path("text").asText();
    return html ? page(text) : text;
  }

  private static String page(String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>Holdfast recovery kit</title>
        <style>pre { white-space: pre-wrap; font: 10pt monospace } @page { margin: 2cm }</style></head>
        <body><pre>%s</pre></body>
        </html>"""
        .formatted(escaped);
  }
}
