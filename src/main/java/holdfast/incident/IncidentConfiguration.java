package holdfast.incident;

import holdfast.journal.Audit;
import holdfast.journal.Ids;
import holdfast.journal.Outbox;
import holdfast.journal.Transaction;
import holdfast.plan.Plans;
import java.time.InstantSource;
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
  OnCall onCall(Plans plans) {
    return new OnCall(plans);
  }
}
