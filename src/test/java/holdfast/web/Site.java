package holdfast.web;

import holdfast.alarm.Door;
import holdfast.alarm.Guard;
import holdfast.alarm.Inbound;
import holdfast.alarm.Post;
import holdfast.camel.Ingress;
import holdfast.camel.RouteCheck;
import holdfast.camel.RouteReload;
import holdfast.camel.Starter;
import holdfast.catalog.Copybook;
import holdfast.catalog.Inventory;
import holdfast.catalog.Shelf;
import holdfast.harness.JournalNode;
import holdfast.harness.SamplePlan;
import holdfast.harness.SettableClock;
import holdfast.journal.Audit;
import holdfast.journal.Ids;
import holdfast.journal.Run;
import holdfast.journal.Runs;
import holdfast.journal.Transaction;
import holdfast.notify.Circuits;
import holdfast.notify.CustomerWords;
import holdfast.plan.AlarmTest;
import holdfast.plan.Asset;
import holdfast.plan.AssetId;
import holdfast.plan.ChannelSpec;
import holdfast.plan.Check;
import holdfast.plan.Checks;
import holdfast.plan.Contact;
import holdfast.plan.Duty;
import holdfast.plan.EscalationLevel;
import holdfast.plan.Home;
import holdfast.plan.Installation;
import holdfast.plan.Origin;
import holdfast.plan.PlanDrift;
import holdfast.plan.PlanLoader;
import holdfast.plan.Plans;
import holdfast.plan.ProbeSpec;
import holdfast.plan.Rotation;
import holdfast.plan.Schedule;
import holdfast.plan.Secrets;
import holdfast.plan.SystemPlan;
import holdfast.store.Stores;
import holdfast.stream.KeyRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** The pages and the API alone, on a real journal, a port of their own and a clock that we move. */
final class Site implements AutoCloseable {

  static final AssetId DATABASE = SamplePlan.DATABASE;
  static final Instant START = Instant.parse("2026-11-21T02:30:00.123456789Z");

  final Path folder;
  final SettableClock clock = new SettableClock(START);
  final JournalNode node = JournalNode.fresh(clock, "ops-slack", "ops-email");
  final Plans plans;
  final Door door = new Door(node, clock);
  final Shelf shelf;
  final ConfigurableApplicationContext context;

  private Site(Path folder, List<ProbeSpec> probes, UnaryOperator<Plans> more) {
    this.folder = folder;
    plans = more.apply(manned(SamplePlan.plans(berlin(SamplePlan.asset())), probes));
    shelf = new Shelf(node, plans, clock);
    context =
        new SpringApplicationBuilder(House.class)
            .initializers(fresh -> register(fresh))
            .run("--server.port=0", "--management.server.port=0", "--spring.main.banner-mode=off");
  }

  private void register(ConfigurableApplicationContext fresh) {
    fresh.getBeanFactory().registerSingleton("ingress", new DirectIngress(door));
    fresh.getBeanFactory().registerSingleton("inbox", door.inbox);
    fresh.getBeanFactory().registerSingleton("slackPresses", SlackSide.presses(plans, clock));
    Map.of(
            "clock", clock,
            "home", new Home(folder),
            "plans", plans,
            "catalog", shelf.catalog(),
            "journal", node.transaction(),
            "audit", node.audit(),
            "runs", node.runs(),
            "outbox", node.outbox(),
            "ids", node.ids())
        .forEach(fresh.getBeanFactory()::registerSingleton);
  }

  /** With somebody to call at once, and somebody else two hours later. */
  private static Plans manned(Plans plans, List<ProbeSpec> probes) {
    SystemPlan system = plans.systems().get(0);
    Origin origin = system.origin();
    SystemPlan manned =
        new SystemPlan(
            system.name(),
            system.description(),
            system.version(),
            system.owner(),
            system.lastReview(),
            system.nextReview(),
            system.components(),
            system.assets(),
            probes,
            List.of(
                new Contact("Anna", "database", "anna@example.test", "+49 30 1", List.of(), origin),
                new Contact("Ben", "manager", "ben@example.test", null, List.of("Anna"), origin)),
            List.of(level(1, 0, "first on call", origin), level(2, 2, "Ben", origin)),
            system.alarms(),
            new Duty(
                List.of(
                    new Rotation(
                        "first on call",
                        ZoneId.of("Europe/Berlin"),
                        LocalDate.of(2026, 11, 2),
                        LocalTime.of(9, 0),
                        7,
                        List.of("Anna", "Ben"),
                        List.of(),
                        origin)),
                List.of(),
                null,
                null),
            system.awsAlarms(),
            origin);
    return new Plans(plans.home(), plans.installation(), List.of(manned));
  }

  private static EscalationLevel level(int number, int hours, String contact, Origin origin) {
    return new EscalationLevel(
        number,
        Duration.ofHours(hours),
        EscalationLevel.When.ALWAYS,
        List.of(contact),
        List.of("ops-slack"),
        null,
        null,
        origin);
  }

  /** Two o'clock at night there is another moment in UTC. */
  private static Asset berlin(Asset asset) {
    Schedule nightly = asset.schedules().get(0);
    return new Asset(
        asset.id(),
        asset.component(),
        asset.source(),
        asset.pipeline(),
        List.of(
            new Schedule(
                nightly.name(),
                nightly.cron(),
                ZoneId.of("Europe/Berlin"),
                nightly.enabled(),
                nightly.origin())),
        asset.stores(),
        asset.copies(),
        asset.verification(),
        asset.retention(),
        asset.lifecycle(),
        asset.channels(),
        asset.origin());
  }

  static Site open(ProbeSpec... probes) {
    return open(UnaryOperator.identity(), probes);
  }

  /** With these channels, and the daily test of alarms where one is given. */
  static Site open(Map<String, ChannelSpec> channels, @Nullable AlarmTest daily) {
    return open(
        plans -> {
          Installation all = plans.installation();
          Installation more =
              new Installation(
                  all.stores(),
                  all.connections(),
                  all.keys(),
                  channels,
                  all.senders(),
                  all.journal(),
                  all.scratch(),
                  all.alarmRules(),
                  all.address(),
                  all.escalation(),
                  daily,
                  all.precautions());
          return new Plans(plans.home(), more, plans.systems());
        });
  }

  private static Site open(UnaryOperator<Plans> more, ProbeSpec... probes) {
    try {
      return new Site(Files.createTempDirectory("holdfast-site"), List.of(probes), more);
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

  /** Takes events by the real guard into the real inbox, as the routes would. */
  record DirectIngress(Door door) implements Ingress {

    @Override
    public Optional<Set<String>> proofs(String sender) {
      return Guard.proofs(door.installation, sender);
    }

    @Override
    public boolean knock(String sender, Map<String, String> proofs, long announced) {
      return door.guard.knock(sender, proofs, announced);
    }

    @Override
    public Optional<String> post(Post post) {
      Inbound event =
          post.sender().equals("topic") ? door.guard.topic(post).event() : door.guard.webhook(post);
      return Optional.ofNullable(event).map(door.inbox::accept);
    }

    @Override
    public String enter(Post post) {
      return door.inbox.accept(door.guard.operator(post));
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

  @EnableAutoConfiguration(
      exclude = {
        CamelAutoConfiguration.class,
        DataSourceAutoConfiguration.class,
        FlywayAutoConfiguration.class
      })
  @ComponentScan({
    "holdfast.web",
    "holdfast.store",
    "holdfast.cloud",
    "holdfast.report",
    "holdfast.retention",
    "holdfast.incident",
    "holdfast.absence",
    "holdfast.custody",
    "holdfast.stream"
  })
  static class House {

    @Bean
    Starter starter(Runs runs, Ids ids) {
      return new JournalStarter(runs, ids);
    }

    @Bean
    CustomerWords customerWords(Plans plans) {
      return new CustomerWords(plans);
    }

    @Bean
    Circuits circuits(InstantSource clock) {
      return new Circuits(clock);
    }

    @Bean
    Installation installation(Plans plans) {
      return plans.installation();
    }

    @Bean
    Checks checks(List<Check> checks) {
      return new Checks(checks);
    }

    @Bean
    Copybook copybook(Transaction journal, Audit audit, InstantSource clock) {
      return new Copybook(journal, audit, clock);
    }

    @Bean
    Inventory inventory(
        Transaction journal,
        Audit audit,
        Runs runs,
        Stores stores,
        KeyRing keys,
        InstantSource clock) {
      return Shelf.inventory(journal, audit, runs, stores, keys, clock);
    }

    @Bean
    PlanDrift planDrift(Home home) {
      return new PlanDrift(home, new PlanLoader(home).load());
    }

    @Bean
    Secrets secrets() {
      return new Secrets(List.of());
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
