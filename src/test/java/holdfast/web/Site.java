package holdfast.web;

import holdfast.camel.RouteCheck;
import holdfast.camel.RouteReload;
import holdfast.camel.Starter;
import holdfast.harness.Postgres;
import holdfast.harness.SettableClock;
import holdfast.journal.Ids;
import holdfast.journal.JournalConfiguration;
import holdfast.journal.Run;
import holdfast.journal.Runs;
import holdfast.plan.AssetId;
import holdfast.plan.Home;
import holdfast.plan.PlanLoader;
import holdfast.plan.Plans;
import holdfast.report.Reports;
import holdfast.report.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** The pages and the API alone, on a real journal, a port of their own and a clock that we move. */
final class Site implements AutoCloseable {

  static final AssetId DATABASE = AssetId.parse("roleferry/database");
  static final Instant START = Instant.parse("2026-11-21T02:30:00Z");

  final Path folder;
  final SettableClock clock = new SettableClock(START);
  final ShownStatus reports = new ShownStatus();
  final ConfigurableApplicationContext context;

  private Site(Path folder) {
    this.folder = folder;
    context =
        new SpringApplicationBuilder(House.class)
            .initializers(fresh -> register(fresh))
            .run("--server.port=0", "--management.server.port=0", "--spring.main.banner-mode=off");
  }

  private void register(ConfigurableApplicationContext fresh) {
    fresh.getBeanFactory().registerSingleton("clock", clock);
    fresh.getBeanFactory().registerSingleton("home", new Home(folder));
    fresh.getBeanFactory().registerSingleton("reports", reports);
  }

  static Site open() {
    try {
      Path folder = Files.createTempDirectory("holdfast-site");
      Files.copy(Path.of("application.yml"), folder.resolve("application.yml"));
      Files.createDirectory(folder.resolve("systems"));
      Files.copy(Path.of("systems/roleferry.yml"), folder.resolve("systems/roleferry.yml"));
      return new Site(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  String url() {
    return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  String managementUrl() {
    return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.management.port");
  }

  Browser browser() {
    return new Browser(url());
  }

  /** Adds a user of that role unless there, and returns the password. */
  String user(String name, Role role) {
    Accounts accounts = bean(Accounts.class);
    String password = "correct horse " + name;
    if (accounts.find(name).isEmpty()) {
      accounts.add(name, password, role, false, "test");
    }
    return password;
  }

  String token(Role role) {
    user("owner-" + role.words(), role);
    return bean(Tokens.class)
        .issue("owner-" + role.words(), "test", role, null, "test")
        .secret()
        .reveal();
  }

  @Override
  public void close() {
    context.close();
  }

  /** A status that a test chooses. */
  static final class ShownStatus implements Reports {

    private final AtomicReference<Status> shown =
        new AtomicReference<>(new Status(START, 0, 0, List.of()));

    void show(Status status) {
      shown.set(status);
    }

    @Override
    public Status status() {
      return shown.get();
    }
  }

  /** Begins runs in the real journal, as the routes would. */
  record JournalStarter(Runs runs, Ids ids) implements Starter {

    @Override
    public String backup(AssetId asset, String trigger, String actor) {
      return begin(Run.Kind.BACKUP, trigger, actor);
    }

    @Override
    public String verify(String point, String actor) {
      return begin(Run.Kind.VERIFY, "api", actor);
    }

    @Override
    public String restore(String point, String target, String actor) {
      return begin(Run.Kind.RESTORE, "api", actor);
    }

    private String begin(Run.Kind kind, String trigger, String actor) {
      String id = ids.next();
      runs.begin(new Runs.Request(id, kind, DATABASE, trigger, actor, null, null));
      return id;
    }
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = CamelAutoConfiguration.class)
  @ComponentScan("holdfast.web")
  @Import(JournalConfiguration.class)
  static class House {

    @Bean
    DataSource journal() {
      return Postgres.dataSource(Postgres.database("site"));
    }

    @Bean
    Plans plans(Home home) {
      return new PlanLoader(home).load().plans().orElseThrow();
    }

    @Bean
    holdfast.catalog.Catalog catalog() {
      return new holdfast.catalog.Catalog();
    }

    @Bean
    Starter starter(Runs runs, Ids ids) {
      return new JournalStarter(runs, ids);
    }

    @Bean
    RouteCheck routeCheck() {
      return List::of;
    }

    @Bean
    RouteReload routeReload() {
      return actor -> new RouteReload.Outcome(List.of(), List.of());
    }
  }
}
