package holdfast.plan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.representer.Representer;

/** Reads one YAML file written by an operator: plain data only, and bounded in every direction. */
final class YamlFile {

  static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 30;

  private final Path home;
  private final Path name;
  private final List<Finding> findings;

  /**
   * @param name the file's path relative to {@code home}
   * @param findings gains what is wrong with the file
   */
  YamlFile(Path home, Path name, List<Finding> findings) {
    this.home = home;
    this.name = name;
    this.findings = findings;
  }

  /** The file's tree, absent when a finding says why. */
  Optional<YamlTree> read() {
    return text().flatMap(this::parse);
  }

  /** The tree of a text that was read already. */
  Optional<YamlTree> parse(String text) {
    return compose(text).flatMap(node -> new YamlNodes(name, findings).tree(node));
  }

  private Optional<String> text() {
    try {
      Path file = home.resolve(name);
      if (Files.size(file) > MAX_BYTES) {
        return refuse(0, "This file is larger than 1 MiB.", "Split it: one system per file.");
      }
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      return refuse(0, "This file is not UTF-8 text.", "Save it as UTF-8.");
    } catch (NoSuchFileException e) {
      return refuse(
          0,
          "This file does not exist.",
          "Run 'holdfast init', or set HOLDFAST_HOME to its folder.");
    } catch (AccessDeniedException e) {
      return refuse(0, "This file may not be read.", "Let Holdfast's user read it.");
    } catch (IOException e) {
      return refuse(0, "This file cannot be read.", "Look at the disk it is on.");
    }
  }

  private Optional<Node> compose(String text) {
    try {
      Node node =
          new Yaml(
                  new SafeConstructor(options()),
                  new Representer(new DumperOptions()),
                  new DumperOptions(),
                  options())
              .compose(new java.io.StringReader(text));
      return node == null
          ? refuse(0, "This file is empty.", "Remove it, or see src/docs/plans.md.")
          : Optional.of(node);
    } catch (YAMLException e) {
      findings.add(YamlMistake.finding(name, text, e));
      return Optional.empty();
    }
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setAllowRecursiveKeys(false);
    options.setMaxAliasesForCollections(20);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setCodePointLimit(MAX_BYTES);
    return options;
  }

  private <T> Optional<T> refuse(int line, String what, String fix) {
    findings.add(new Finding(Finding.Level.ERROR, name, line, what, fix));
    return Optional.empty();
  }
}
