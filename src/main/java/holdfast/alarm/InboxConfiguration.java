package holdfast.alarm;

import holdfast.journal.Ids;
import holdfast.journal.Transaction;
import holdfast.plan.Installation;
import holdfast.plan.Secrets;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The way in for events. */
@Configuration(proxyBeanMethods = false)
class InboxConfiguration {

  @Bean
  Counts eventCounts(Installation installation) {
    return new Counts(installation.senders().keySet());
  }

  @Bean
  Inbox inbox(Transaction journal, Ids ids, Counts eventCounts, InstantSource clock) {
    return new Inbox(journal, ids, eventCounts, clock);
  }

  @Bean
  OwnMark eventMark(Transaction journal) {
    return OwnMark.of(journal);
  }

  @Bean
  @ConditionalOnMissingBean
  Certificates certificates() {
    return new AmazonCertificates();
  }

  @Bean
  @ConditionalOnMissingBean
  @Lazy
  Trust trust() {
    return Trust.ofJava();
  }

  @Bean
  Guard eventGuard(
      Installation installation,
      Secrets secrets,
      Inbox inbox,
      Counts eventCounts,
      Certificates certificates,
      ObjectProvider<Trust> trust,
      InstantSource clock) {
    return new Guard(
        installation,
        new Credentials(secrets, clock),
        new Topics(new SigningKeys(certificates, trust::getObject, clock), clock),
        new Quarantine(inbox, clock),
        eventCounts,
        new RateLimit(clock),
        inbox);
  }
}
