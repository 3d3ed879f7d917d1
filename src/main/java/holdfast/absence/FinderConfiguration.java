package holdfast.absence;

import holdfast.catalog.Catalog;
import holdfast.custody.AuditCopies;
import holdfast.custody.KeyDrills;
import holdfast.incident.Incidents;
import holdfast.journal.Transaction;
import holdfast.plan.Plans;
import holdfast.plan.Situation;
import holdfast.stream.KeyCheck;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The watches of this room's own. */
@Configuration(proxyBeanMethods = false)
class FinderConfiguration {

  private static final Duration HOURLY = Duration.ofHours(1);

  /** Where what they find goes. */
  record Desk(Transaction journal, Incidents incidents, InstantSource clock) {

    Watch watch(String name, String what, Duration every, Situation situation, Finder finder) {
      Siren siren = new Siren(name, situation, journal, incidents, clock);
      return new Watch(name, what, every, () -> siren.tell(finder.troubles(clock.instant())));
    }
  }

  @Bean
  Desk absenceDesk(Transaction journal, Incidents incidents, InstantSource clock) {
    return new Desk(journal, incidents, clock);
  }

  @Bean
  @Order(10)
  Watch pausedWatch(Desk desk, Plans plans, Catalog catalog) {
    return desk.watch(
        "paused",
        "Schedules that rest for longer than data may age",
        Watch.OFTEN,
        Situation.BACKUP,
        new Paused(desk.journal(), plans, catalog));
  }

  @Bean
  @Order(11)
  Watch unprovenWatch(Desk desk, Plans plans) {
    return desk.watch(
        "unproven",
        "Assets without a proof for too long",
        Watch.OFTEN,
        Situation.BACKUP,
        new Unproven(desk.journal(), plans));
  }

  @Bean
  @Order(12)
  Watch copiesWatch(Desk desk, Plans plans) {
    return desk.watch(
        "copies",
        "Recovery points that lack a copy",
        Watch.OFTEN,
        Situation.BACKUP,
        new MissingCopies(desk.journal(), plans));
  }

  @Bean
  @Order(13)
  Watch storesWatch(Desk desk, Plans plans) {
    return desk.watch(
        "stores",
        "Buckets that are filled to 80 % of their capacity",
        Watch.OFTEN,
        Situation.CAPACITY,
        new StoreRoom(desk.journal(), plans.installation().precautions().capacities()));
  }

  @Bean
  @Order(14)
  Watch keysWatch(Desk desk, Plans plans, KeyCheck check) {
    return desk.watch(
        "keys",
        "Keys that are missing, do not fit or end soon",
        HOURLY,
        Situation.HOLDFAST,
        new UnfitKeys(check, plans));
  }

  @Bean
  @Order(16)
  Watch drillsWatch(Desk desk, Plans plans, KeyDrills drills) {
    return desk.watch(
        "key-drills",
        "Escrowed keys that do not open, or that nobody has tried for too long",
        Watch.OFTEN,
        Situation.HOLDFAST,
        new Undrilled(drills, plans));
  }

  @Bean
  @Order(17)
  Watch auditWatch(Desk desk, AuditCopies copies) {
    return desk.watch(
        "audit",
        "An audit that was changed, or is not copied elsewhere",
        Watch.OFTEN,
        Situation.SECURITY,
        new UnfaithfulAudit(copies));
  }

  @Bean
  @Order(15)
  Watch messagesWatch(Desk desk, Pulses pulses) {
    return desk.watch(
        "messages",
        "Messages that nobody tries to send",
        Watch.OFTEN,
        Situation.HOLDFAST,
        new UntriedMessages(pulses));
  }
}
