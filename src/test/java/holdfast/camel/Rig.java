package holdfast.camel;

import holdfast.catalog.Ticket;
import holdfast.harness.JournalNode;
import holdfast.harness.SettableClock;
import holdfast.plan.AssetId;
import holdfast.plan.Home;
import holdfast.plan.PlanLoader;
import holdfast.plan.Plans;
import holdfast.plan.Secret;
import holdfast.plan.SecretMissingException;
import holdfast.plan.SecretRef;
import holdfast.plan.SecretSource;
import holdfast.plan.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Primary;

/** The camel room as the service wires it, on the shipped routes and a real journal. */
final class Rig implements AutoCloseable {

  static final AssetId DATABASE = AssetId.parse("roleferry/database");

  final Path folder;
  final SettableClock clock = SettableClock.at("2026-11-21T12:00:00Z");
  final JournalNode journal = JournalNode.fresh(clock);
  final Map<String, String> environment = new ConcurrentHashMap<>();
  final Acts acts = new Acts();
  final Map<String, Object> beans = new ConcurrentHashMap<>();
  private ConfigurableApplicationContext spring;

  Rig(Path folder) {
    this.folder = folder;
    copy(Path.of("routes"), folder.resolve("routes"));
    copy(Path.of("systems"), folder.resolve("systems"));
    copy(Path.of("application.yml"), folder.resolve("application.yml"));
  }

  Rig start(String... properties) {
    spring =
        new SpringApplicationBuilder(Wiring.class)
            .web(WebApplicationType.NONE)
            .initializers(
                context -> {
                  var beans = context.getBeanFactory();
                  beans.registerSingleton("home", new Home(folder));
                  beans.registerSingleton("clock", clock);
                  beans.registerSingleton("plans", plans());
                  beans.registerSingleton("journal", journal.source());
                  beans.registerSingleton("runs", journal.runs());
                  beans.registerSingleton("outbox", journal.outbox());
                  beans.registerSingleton("outcomes", journal.outcomes());
                  beans.registerSingleton("life", journal.life());
                  beans.registerSingleton("audit", journal.audit());
                  beans.registerSingleton("ids", journal.ids());
                  beans.registerSingleton("installation", plans().installation());
                  beans.registerSingleton("keySpec", plans().installation().keys());
                  beans.registerSingleton("journalTransaction", journal.transaction());
                  beans.registerSingleton("reconciler", journal.reconciler());
                  this.beans.forEach(beans::registerSingleton);
                  beans.registerSingleton("secrets", new Secrets(List.of(source())));
                  beans.registerSingleton("act", acts);
                })
            .properties(properties)
            .run();
    return this;
  }

  Plans plans() {
    PlanLoader.Loaded loaded = new PlanLoader(new Home(folder)).load();
    return loaded
        .plans()
        .orElseThrow(() -> new IllegalStateException(loaded.findings().toString()));
  }

  private SecretSource source() {
    return new SecretSource() {
      @Override
      public SecretRef.Kind kind() {
        return SecretRef.Kind.ENV;
      }

      @Override
      public Secret read(SecretRef ref) {
        String value = environment.get(ref.name());
        if (value == null) {
          throw new SecretMissingException("The variable " + ref.name() + " is not set.");
        }
        return new Secret(value);
      }
    };
  }

  <T> T bean(Class<T> type) {
    return spring.getBean(type);
  }

  CamelContext camel() {
    return bean(CamelContext.class);
  }

  void write(String path, String text) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  /** Puts {@code channels}, indented by four spaces, in place of the shipped ones. */
  void channels(String channels) {
    String shipped = read("application.yml");
    int begin = shipped.indexOf("  channels:\n") + "  channels:\n".length();
    int end = shipped.indexOf("  # journal:");
    write("application.yml", shipped.substring(0, begin) + channels + shipped.substring(end));
  }

  /** Declares {@code senders}, indented by four spaces. */
  void senders(String senders) {
    String shipped = read("application.yml");
    write(
        "application.yml",
        shipped.replaceFirst("(?m)^  # journal:", "  senders:\n" + senders + "  # journal:"));
  }

  String read(String path) {
    try {
      return Files.readString(folder.resolve(path));
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = file.equals(from) ? to : to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  @Override
  public void close() {
    if (spring != null) {
      spring.close();
    }
  }

  /** Stands in for the acts: notes every ticket that reaches it, and does as the test says. */
  public static final class Acts {
    final List<Ticket> tickets = new CopyOnWriteArrayList<>();
    volatile java.util.function.Consumer<Ticket> act = ticket -> {};

    public void run(Ticket ticket) {
      tickets.add(ticket);
      act.accept(ticket);
    }
  }

  @EnableAutoConfiguration(exclude = FlywayAutoConfiguration.class)
  @ComponentScan(
      basePackages = "holdfast",
      excludeFilters =
          @ComponentScan.Filter(
              type = FilterType.REGEX,
              pattern =
                  "holdfast\\.(Application|HouseConfiguration|(plan|journal|web|cli|harness)\\..*|absence\\.FinderConfiguration.*)"))
  static class Wiring {

    /** The beans that tests put into routes of their own, beside those of the service. */
    @Bean
    @Primary
    RouteBeans withThoseOfTests() {
      Map<String, Set<String>> methods = new HashMap<>(RouteBeans.OFFERED.methods());
      methods.put("act", Set.of("run"));
      methods.put("gate", Set.of("pass"));
      return new RouteBeans(methods);
    }
  }
}
