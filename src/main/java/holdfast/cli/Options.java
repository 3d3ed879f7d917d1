package holdfast.cli;

import picocli.CommandLine.Option;

/** What every command takes. */
final class Options {

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
