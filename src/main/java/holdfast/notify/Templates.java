package holdfast.notify;

import holdfast.plan.Finding;
import holdfast.plan.Home;
import holdfast.plan.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.StringTemplateResolver;

/**
 * The files that messages are made from: the operator's in {@code templates/} of the home folder,
 * else the shipped ones. A file of the operator's that does not pass {@link TemplateTrial} is left
 * alone, and the shipped one is used.
 */
final class Templates {

  private static final Logger LOG = LoggerFactory.getLogger(Templates.class);

  /** The templates there are. */
  enum Name {
    /** Mail for readers without pages, and topics. */
    TEXT("letter.txt"),
    /** Mail. */
    PAGE("letter.html"),
    /** Slack's own marks. */
    SLACK("slack.txt"),
    /** What customers are told, in any channel. */
    CUSTOMER("customer.txt"),
    /** The same as a page of mail. */
    CUSTOMER_PAGE("customer.html"),
    /** What a notice for customers begins as: its first line is the title. */
    BREACH("breach.txt");

    final String file;

    Name(String file) {
      this.file = file;
    }

    boolean isPage() {
      return file.endsWith(".html");
    }
  }

  /** A file as it was when it was last looked at; no text when it did not pass. */
  private record Own(FileTime modified, @Nullable String text, String why) {}

  private final Path folder;
  private final Map<Name, String> shipped = new EnumMap<>(Name.class);
  private final Map<Name, Own> own = new EnumMap<>(Name.class);
  private final SpringTemplateEngine pages = engine(TemplateMode.HTML);
  private final SpringTemplateEngine texts = engine(TemplateMode.TEXT);

  Templates(Home home) {
    this.folder = home.folder().resolve("templates");
    for (Name name : Name.values()) {
      shipped.put(name, read(name));
    }
  }

  /**
   * The letter in one template; values are escaped in pages, and encoded by the caller in texts.
   */
  String render(Name name, Letter letter) {
    return render(name, own(name).map(Own::text).orElse(shipped.get(name)), letter);
  }

  /** As {@link #render(Name, Letter)}, of any text; throws what the engine throws. */
  String render(Name name, String text, Letter letter) {
    SpringTemplateEngine engine = name.isPage() ? pages : texts;
    return engine.process(text, new Context(Locale.ENGLISH, Map.of("letter", letter)));
  }

  /** What is wrong with the operator's files. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (Name name : Name.values()) {
      own(name)
          .filter(file -> file.text() == null)
          .ifPresent(
              file ->
                  findings.add(
                      Finding.warning(
                          new Origin(Path.of("templates", name.file), 1),
                          "This template cannot be used, so messages are made from the shipped one."
                              + " "
                              + file.why(),
                          "Correct it, or remove the file.")));
    }
    return findings;
  }

  private synchronized Optional<Own> own(Name name) {
    Path file = folder.resolve(name.file);
    try {
      FileTime modified = Files.getLastModifiedTime(file);
      Own known = own.get(name);
      if (known == null || !known.modified().equals(modified)) {
        known = examined(name, file, modified);
        own.put(name, known);
      }
      return Optional.of(known);
    } catch (IOException absent) {
      own.remove(name);
      return Optional.empty();
    }
  }

  private Own examined(Name name, Path file, FileTime modified) {
    String why;
    try {
      String text = Files.readString(file);
      why = TemplateTrial.trouble(name, text, this).orElse("");
      if (why.isEmpty()) {
        return new Own(modified, text, "");
      }
    } catch (IOException unreadable) {
      why = "It cannot be read as UTF-8 text.";
    }
    LOG.warn("{} cannot be used, so messages are made from the shipped one. {}", file, why);
    return new Own(modified, null, why);
  }

  private static String read(Name name) {
    String path = "/templates/messages/" + name.file;
    try (InputStream file = Templates.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalStateException("not shipped: " + path);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static SpringTemplateEngine engine(TemplateMode mode) {
    StringTemplateResolver resolver = new StringTemplateResolver();
    resolver.setTemplateMode(mode);
    SpringTemplateEngine engine = new SpringTemplateEngine();
    engine.setTemplateResolver(resolver);
    return engine;
  }
}
