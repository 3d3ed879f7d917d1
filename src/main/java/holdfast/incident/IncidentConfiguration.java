package holdfast.incident;

import holdfast.alarm.Inbox;
import holdfast.catalog.Catalog;
import holdfast.catalog.Point;
import holdfast.journal.Audit;
import holdfast.journal.Ids;
import holdfast.journal.Outbox;
import holdfast.journal.Runs;
import holdfast.journal.Transaction;
import holdfast.plan.Home;
import holdfast.plan.Installation;
import holdfast.plan.Plans;
import holdfast.plan.SenderSpec;
import holdfast.plan.StoreSpec;
import holdfast.retention.ClockSense;
import holdfast.retention.Retentions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of this room. */
@Configuration(proxyBeanMethods = false)
class IncidentConfiguration {

  @Bean
  Incidents incidents(
      Transaction journal, Audit audit, Outbox outbox, Ids ids, Plans plans, InstantSource clock) {
    return new Incidents(journal, audit, outbox, ids, plans, clock);
  }

  @Bean
  Escalation escalation(
      Transaction journal, Audit audit, Outbox outbox, Plans plans, InstantSource clock) {
    return new Escalation(journal, audit, outbox, plans, clock);
  }

  @Bean
  AckLinks ackLinks(Transaction journal, InstantSource clock) {
    return new AckLinks(journal, clock);
  }

  @Bean
  Auditor auditor(
      Transaction journal, Audit audit, Outbox outbox, Plans plans, InstantSource clock) {
    return new Auditor(journal, audit, outbox, plans, clock);
  }

  @Bean
  IncidentHealth incidentsHealth(Auditor auditor, Incidents incidents, UnreadQueues unread) {
    return new IncidentHealth(auditor, incidents, unread);
  }

  @Bean
  ChannelWatch channelWatch(
      Transaction journal, Incidents incidents, Plans plans, InstantSource clock) {
    return new ChannelWatch(journal, incidents, plans, clock);
  }

  @Bean
  UnreadQueues unreadQueues(
      Installation installation, Transaction journal, Incidents incidents, InstantSource clock) {
    Set<String> queues =
        installation.senders().values().stream()
            .filter(SenderSpec.Queue.class::isInstance)
            .map(SenderSpec::name)
            .collect(Collectors.toSet());
    return new UnreadQueues(queues, journal, incidents, clock);
  }

  @Bean
  CustomerNotices customerNotices(
      Transaction journal, Audit audit, Outbox outbox, Ids ids, Plans plans, InstantSource clock) {
    return new CustomerNotices(journal, audit, outbox, ids, plans, clock);
  }

  @Bean
  AlarmTests alarmTests(
      Transaction journal, Audit audit, Inbox inbox, Ids ids, Plans plans, InstantSource clock) {
    return new AlarmTests(journal, audit, inbox::accept, ids, plans, clock);
  }

  @Bean
  AlarmTestWatch alarmTestWatch(
      Transaction journal, Audit audit, Incidents incidents, Plans plans, InstantSource clock) {
    return new AlarmTestWatch(journal, audit, incidents, plans, clock);
  }

  @Bean
  Freshness freshness(
      Plans plans, Catalog catalog, Runs runs, Incidents incidents, InstantSource clock) {
    return new Freshness(
        plans, asset -> catalog.latest(asset).map(Point::at), runs, incidents, clock);
  }

  @Bean
  Slowness slowness(Plans plans, Runs runs, Incidents incidents, InstantSource clock) {
    return new Slowness(plans, runs, incidents, clock);
  }

  @Bean
  DiskSpace diskSpace(
      Installation installation, Home home, Incidents incidents, InstantSource clock) {
    Map<String, Path> folders = new TreeMap<>(Map.of("this service's state", home.state()));
    installation.stores().values().stream()
        .filter(StoreSpec.Directory.class::isInstance)
        .map(StoreSpec.Directory.class::cast)
        .forEach(store -> folders.put("store " + store.name(), store.path()));
    return new DiskSpace(folders, DiskSpace::of, incidents, clock);
  }

  @Bean
  RetentionWatch retentionWatch(
      Plans plans, ClockSense sense, Retentions retentions, Incidents incidents) {
    return new RetentionWatch(plans, sense, retentions::waiting, incidents);
  }

  @Bean
  OwnAlarms ownAlarms(Plans plans, Catalog catalog) {
    return new OwnAlarms(plans, asset -> catalog.points(asset, OwnAlarms.POINTS));
  }

  @Bean
  Reviews reviews(Transaction journal, Audit audit, InstantSource clock) {
    return new Reviews(journal, audit, clock);
  }

  @Bean
  LossWindow lossWindow(Plans plans, Catalog catalog) {
    return new LossWindow(
        plans, (asset, moment) -> catalog.points(asset, moment, LossWindow.POINTS));
  }

  @Bean
  OnCall onCall(Plans plans) {
    return new OnCall(plans);
  }
}
