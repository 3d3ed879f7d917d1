package holdfast.report;

import holdfast.absence.Watch;
import holdfast.alarm.ProbeReports;
import holdfast.catalog.Catalog;
import holdfast.journal.Outbox;
import holdfast.journal.Runs;
import holdfast.journal.Transaction;
import holdfast.notify.Circuits;
import holdfast.plan.Plans;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The beans of this room. */
@Configuration(proxyBeanMethods = false)
class ReportConfiguration {

  @Bean
  Reports reports(
      Plans plans,
      Runs runs,
      Catalog catalog,
      Outbox outbox,
      Transaction journal,
      InstantSource clock) {
    return new JournalReports(
        plans, runs, catalog, outbox, new ProbeReports(journal, clock), clock);
  }

  @Bean
  MissedRuns missedRuns(Plans plans, Runs runs, InstantSource clock) {
    return new MissedRuns(plans, runs, clock);
  }

  @Bean
  @Order(7)
  Watch missedWatch(MissedRuns missed) {
    return new Watch("missed", "Backups that should have begun", Watch.OFTEN, missed::look);
  }

  @Bean
  ChannelReports channelReports(
      Transaction journal, Circuits circuits, Plans plans, InstantSource clock) {
    return new ChannelReports(journal, circuits, plans, clock);
  }

  @Bean
  ChannelMetrics channelMetrics(ChannelReports channels, Plans plans, InstantSource clock) {
    return new ChannelMetrics(channels, plans.installation().channels().keySet(), clock);
  }

  @Bean
  ReportMetrics reportMetrics(Reports reports, Plans plans, InstantSource clock) {
    return new ReportMetrics(reports, plans.installation().channels().keySet(), clock);
  }
}
