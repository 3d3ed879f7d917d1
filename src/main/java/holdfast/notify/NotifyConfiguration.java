package holdfast.notify;

import holdfast.incident.AckLinks;
import holdfast.journal.Audit;
import holdfast.journal.HandOver;
import holdfast.journal.Outbox;
import holdfast.journal.Transaction;
import holdfast.plan.Plans;
import holdfast.plan.Secrets;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the words. */
@Configuration(proxyBeanMethods = false)
public class NotifyConfiguration {

  @Bean
  Messages messages(Plans plans, AckLinks links) {
    return new Messages(plans, links);
  }

  @Bean
  CustomerWords customerWords(Plans plans) {
    return new CustomerWords(plans);
  }

  @Bean
  Payloads payloads(Plans plans, AckLinks links) {
    return new Payloads(plans, links);
  }

  @Bean
  SlackPresses slackPresses(Plans plans, Secrets secrets, InstantSource clock) {
    return new SlackPresses(plans, secrets, clock);
  }

  @Bean
  Circuits circuits(InstantSource clock) {
    return new Circuits(clock);
  }

  @Bean
  HandOver handOver(Transaction journal, Audit audit, Outbox outbox, InstantSource clock) {
    return new HandOver(journal, audit, outbox, clock);
  }

  @Bean
  Fallbacks fallbacks(Plans plans, HandOver handOver, Circuits circuits, InstantSource clock) {
    return new Fallbacks(plans, handOver, circuits, clock);
  }

  @Bean
  NotifyCheck notifyCheck(Secrets secrets) {
    return new NotifyCheck(secrets);
  }
}
