package holdfast.absence;

import holdfast.incident.AlarmTestWatch;
import holdfast.incident.Auditor;
import holdfast.incident.ChannelWatch;
import holdfast.incident.DiskSpace;
import holdfast.incident.Freshness;
import holdfast.incident.Slowness;
import holdfast.incident.UnreadQueues;
import holdfast.journal.Transaction;
import holdfast.plan.Plans;
import holdfast.plan.Secrets;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The beans of this room. Every bean that is a {@link Watch} is looked after. */
@Configuration(proxyBeanMethods = false)
class AbsenceConfiguration {

  @Bean
  @Order(1)
  Watch freshnessWatch(Freshness freshness) {
    return watch(
        "freshness", "Assets without a recovery point as young as promised", freshness::look);
  }

  @Bean
  @Order(2)
  Watch slownessWatch(Slowness slowness) {
    return watch("duration", "Backups that take more than twice as long as usual", slowness::look);
  }

  @Bean
  @Order(3)
  Watch diskWatch(DiskSpace disks) {
    return watch("disks", "Disks that are 80 % full", disks::look);
  }

  @Bean
  @Order(4)
  Watch channelsWatch(ChannelWatch channels) {
    return watch("channels", "Channels that take no messages about incidents", channels::look);
  }

  @Bean
  @Order(5)
  Watch queuesWatch(UnreadQueues queues) {
    return watch("queues", "Queues of events that are not read", queues::look);
  }

  @Bean
  @Order(6)
  Watch alarmTestsWatch(AlarmTestWatch tests) {
    return watch("alarm-tests", "Tests of the way of alarms without an answer", tests::look);
  }

  static Watch watch(String name, String what, java.util.function.IntSupplier look) {
    return new Watch(name, what, Watch.OFTEN, look);
  }

  @Bean
  Watches watches(List<Watch> all, InstantSource clock) {
    return new Watches(all, clock);
  }

  @Bean
  Ticks ticks() {
    return new Ticks();
  }

  @Bean
  Pulses pulses(
      Transaction journal, Plans plans, Auditor auditor, Ticks ticks, InstantSource clock) {
    return new Pulses(journal, plans, auditor, ticks, clock);
  }

  @Bean
  Heartbeat heartbeat(
      Plans plans, Secrets secrets, Pulses pulses, Watches watches, InstantSource clock) {
    return new Heartbeat(
        plans.installation().precautions().heartbeat(), secrets, pulses, watches, clock);
  }

  @Bean
  AbsenceHealth absenceHealth(Watches watches, Heartbeat heartbeat, InstantSource clock) {
    return new AbsenceHealth(watches, heartbeat, clock);
  }

  @Bean
  PrecautionCheck precautionCheck(Secrets secrets) {
    return new PrecautionCheck(secrets);
  }
}
