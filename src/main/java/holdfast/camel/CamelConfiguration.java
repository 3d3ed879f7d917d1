package holdfast.camel;

import holdfast.backup.Backup;
import holdfast.backup.BackupSettings;
import holdfast.catalog.Catalog;
import holdfast.incident.Incidents;
import holdfast.incident.OwnAlarms;
import holdfast.incident.UnreadQueues;
import holdfast.journal.Audit;
import holdfast.journal.Ids;
import holdfast.journal.Outbox;
import holdfast.journal.Outcomes;
import holdfast.journal.Runs;
import holdfast.journal.Transaction;
import holdfast.notify.Circuits;
import holdfast.notify.Fallbacks;
import holdfast.notify.Payloads;
import holdfast.plan.Home;
import holdfast.plan.Installation;
import holdfast.plan.Plans;
import holdfast.plan.Secrets;
import holdfast.store.S3Clients;
import holdfast.store.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires Camel: the beans that routes name, and the loading of route files. */
@Configuration(proxyBeanMethods = false)
class CamelConfiguration {

  private static final long SHUTDOWN_SECONDS = 30;

  @Bean
  Waiting waiting(Runs runs) {
    return new Waiting(runs);
  }

  @Bean
  RunStarter starter(
      Transaction journal,
      Plans plans,
      Catalog catalog,
      Ids ids,
      ProducerTemplate routes,
      Runs runs,
      Waiting waiting,
      InstantSource clock)
      throws Exception {
    RunStarter starter = new RunStarter(journal, plans, catalog, ids, routes, runs, waiting, clock);
    routes.getCamelContext().addStartupListener(starter);
    return starter;
  }

  @Bean
  Schedules schedules(
      Plans plans,
      Runs runs,
      RunStarter starter,
      InstantSource clock,
      @Value("${holdfast.alone:false}") boolean alone) {
    return new Schedules(plans, runs, starter, clock, alone);
  }

  @Bean
  Reruns reruns(
      Plans plans,
      Runs runs,
      Catalog catalog,
      RunStarter starter,
      InstantSource clock,
      @Value("${holdfast.alone:false}") boolean alone) {
    return new Reruns(plans, runs, catalog, starter, clock, alone);
  }

  @Bean
  Closing closing(Plans plans, Runs runs, Backup backup, InstantSource clock) {
    return new Closing(plans, runs, backup, clock);
  }

  @Bean
  Proofs proofs(Catalog catalog, Runs runs, Outcomes outcomes, Ids ids) {
    return new Proofs(catalog, runs, outcomes, ids);
  }

  @Bean
  Delivery delivery(
      Outcomes outcomes, Circuits circuits, Fallbacks fallbacks, InstantSource clock) {
    return new Delivery(outcomes, circuits, fallbacks, clock);
  }

  @Bean
  Passage passage(Outcomes outcomes, Circuits circuits) {
    return new Passage(outcomes, circuits);
  }

  @Bean
  OwnEvents ownEvents(
      Transaction journal, Outcomes outcomes, OwnAlarms alarms, Incidents incidents) {
    return new OwnEvents(journal, outcomes, alarms, incidents);
  }

  @Bean
  Envelope envelope() {
    return new Envelope();
  }

  @Bean
  Targets targets(Secrets secrets) {
    return new Targets(secrets);
  }

  @Bean
  Posts posts(Payloads payloads, Targets targets, Outcomes outcomes, InstantSource clock) {
    return new Posts(payloads, targets, outcomes, clock);
  }

  @Bean
  Texting texting(CamelContext context) {
    return new Texting(context.getRegistry());
  }

  @Bean
  Bells bells(CamelContext context) {
    return new Bells(context);
  }

  @Bean
  RouteFiles routeFiles(Home home, @Value("${holdfast.alone:false}") boolean alone) {
    return new RouteFiles(home, alone);
  }

  @Bean
  RouteLoader routeLoader(CamelContext context) {
    return new RouteLoader(context);
  }

  @Bean
  Instances instances(
      CamelContext context,
      RouteLoader loader,
      Plans plans,
      Secrets secrets,
      Targets targets,
      S3Clients clients,
      UnreadQueues unread,
      @Value("${holdfast.alone:false}") boolean alone) {
    ChannelBeans beans = new ChannelBeans(context.getRegistry(), secrets, targets);
    PlannedRoutes planned = new PlannedRoutes(plans, beans, alone);
    StoreRoutes stores = new StoreRoutes(plans.installation(), clients, context.getRegistry());
    SenderRoutes senders =
        new SenderRoutes(plans.installation(), beans, context.getRegistry(), unread, alone);
    return new Instances(
        loader,
        () ->
            Stream.of(stores.wanted(), planned.wanted(), senders.wanted())
                .flatMap(List::stream)
                .toList());
  }

  @Bean
  Copies copies(
      Backup backup,
      Stores stores,
      Installation installation,
      ProducerTemplate routes,
      Runs runs,
      BackupSettings settings) {
    return new Copies(backup, stores, installation, routes, runs, settings);
  }

  @Bean
  RouteBeans routeBeans() {
    return RouteBeans.OFFERED;
  }

  @Bean
  Routes routes(RouteFiles files, RouteLoader loader, Instances instances, RouteBeans beans) {
    return new Routes(files, loader, instances, beans);
  }

  @Bean
  Examination routeCheck(
      RouteFiles files, CamelContext context, Instances instances, RouteBeans beans) {
    return new Examination(files, context, instances::wanted, beans);
  }

  @Bean
  RouteReload routeReload(RouteFiles files, Routes routes, Examination examination, Audit audit) {
    return new RouteSwap(files, routes, examination, audit);
  }

  @Bean
  RouteWatch routeWatch(
      RouteFiles files,
      RouteReload reload,
      @Value("${holdfast.routes.watch:2s}") Duration every,
      @Value("${holdfast.alone:false}") boolean alone) {
    return new RouteWatch(files, reload, alone ? Duration.ZERO : every);
  }

  @Bean
  RoutesHealth routesHealth(Routes routes, Receipts receipts) {
    return new RoutesHealth(routes, receipts);
  }

  @Bean
  CamelContextConfiguration camelSettings(
      Routes routes, RouteWatch watch, Outbox outbox, Bells bells) {
    return new CamelContextConfiguration() {
      @Override
      public void beforeApplicationStart(CamelContext context) {
        settle(context);
      }

      @Override
      public void afterApplicationStart(CamelContext context) {
        routes.open();
        outbox.wake(bells::ring);
        bells.ringAll();
        watch.start();
      }
    };
  }

  /** What every context of ours has in common: nothing cached, nothing exposed, a bounded end. */
  static void settle(CamelContext context) {
    context.setStreamCaching(false);
    context.setAllowUseOriginalMessage(true);
    context.getShutdownStrategy().setTimeout(SHUTDOWN_SECONDS);
    context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
  }
}
